/// The type of one array element as a file stores it: kind, width and byte order.
///
/// NumPy calls this a dtype and writes it as `<f4`: byte order, kind, bytes.
public struct NumPyElementType: Sendable, Equatable {
  /// The kinds of numbers that this module reads.
  public enum Kind: Character, Sendable {
    /// IEEE 754 binary floating point of 2, 4 or 8 bytes.
    case float = "f"
    /// Two's complement integer of 1, 2, 4 or 8 bytes.
    case signedInteger = "i"
    /// Unsigned integer of 1, 2, 4 or 8 bytes.
    case unsignedInteger = "u"
    /// One byte; zero is false, everything else is true.
    case boolean = "b"
  }

  /// The order of the bytes inside an element.
  public enum ByteOrder: Sendable {
    /// Least significant byte first.
    case little
    /// Most significant byte first.
    case big

    /// The order of the machine that runs this program.
    public static var native: ByteOrder { 1.littleEndian == 1 ? .little : .big }
  }

  /// What the bits mean.
  public let kind: Kind
  /// Bytes of one element: 1, 2, 4 or 8.
  public let byteSize: Int
  /// Order of the bytes. Elements of one byte always say `little`.
  public let byteOrder: ByteOrder

  /// `<f4`, the type of features.
  public static let float32 = NumPyElementType(kind: .float, byteSize: 4)
  /// `<f8`.
  public static let float64 = NumPyElementType(kind: .float, byteSize: 8)
  /// `<i4`, the type of labels and ids.
  public static let int32 = NumPyElementType(kind: .signedInteger, byteSize: 4)

  private init(kind: Kind, byteSize: Int) {
    self.kind = kind
    self.byteSize = byteSize
    self.byteOrder = .little
  }

  /// Reads NumPy's spelling: an optional order (`<`, `>`, `=` or `|`), the kind, the width.
  ///
  /// `=`, `|` and no sign at all mean the machine's own order.
  /// - Returns: nil for every type that is not one of the supported numbers.
  public init?(descriptor: String) {
    var rest = descriptor[...]
    var order = ByteOrder.native
    switch rest.first {
    case "<":
      order = .little
      rest.removeFirst()
    case ">":
      order = .big
      rest.removeFirst()
    case "=", "|":
      rest.removeFirst()
    default: break
    }
    guard let letter = rest.popFirst(), let kind = Kind(rawValue: letter) else { return nil }
    switch (kind, rest) {
    case (.boolean, "1"), (.signedInteger, "1"), (.unsignedInteger, "1"):
      byteSize = 1
      order = .little
    case (.float, "2"), (.signedInteger, "2"), (.unsignedInteger, "2"): byteSize = 2
    case (.float, "4"), (.signedInteger, "4"), (.unsignedInteger, "4"): byteSize = 4
    case (.float, "8"), (.signedInteger, "8"), (.unsignedInteger, "8"): byteSize = 8
    default: return nil
    }
    self.kind = kind
    self.byteOrder = order
  }

  /// NumPy's own spelling, for example `<f4`, `>i2`, `|u1`.
  public var descriptor: String {
    let order = byteSize == 1 ? "|" : byteOrder == .little ? "<" : ">"
    return "\(order)\(kind.rawValue)\(byteSize)"
  }

  /// True where the bytes of an element must be reversed before use.
  var isSwapped: Bool { byteOrder != .native && byteSize > 1 }

  /// A word for a type that is not supported, so that an error explains itself.
  static func family(ofDescriptor descriptor: String) -> String {
    switch descriptor.first(where: { !"<>=|".contains($0) }) {
    case "O": "Python objects, which need pickle"
    case "c": "complex numbers"
    case "S", "a": "byte strings"
    case "U": "text"
    case "V": "raw or structured records"
    case "M", "m": "dates or time spans"
    case "f": "a float of unsupported width"
    case "i", "u", "b": "an integer of unsupported width"
    default: "an unknown dtype"
    }
  }
}
