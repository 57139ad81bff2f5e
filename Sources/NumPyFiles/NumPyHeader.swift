/// What an `.npy` file says about its array: element type, memory order, shape, where the data starts.
///
/// Formats 1.0, 2.0 and 3.0 are read. A header that exists has been checked against the size of the file:
/// data of exactly `byteCount` bytes follows at `dataOffset`.
public struct NumPyHeader: Sendable, Equatable {
  /// Type of an element in the file.
  public let elementType: NumPyElementType
  /// True when the first index runs fastest (Fortran), false when the last one does (C).
  public let fortranOrder: Bool
  /// Length of each dimension. Empty for a single number without dimensions.
  public let shape: [Int]
  /// Offset of the first element in bytes.
  public let dataOffset: Int
  /// Number of elements, the product of the shape.
  public let count: Int

  /// Bytes of data, `count` times the size of an element.
  public var byteCount: Int { count * elementType.byteSize }

  /// Length of the first dimension; 1 for a number without dimensions.
  public var rowCount: Int { shape.first ?? 1 }

  /// Elements in a row, the product of all dimensions but the first.
  public var rowWidth: Int { shape.dropFirst().contains(0) ? 0 : shape.dropFirst().reduce(1, *) }

  /// True when the elements lie in C order in the file. A Fortran array with at most one dimension longer
  /// than 1 is in both orders.
  public var isRowMajor: Bool {
    !fortranOrder || count == 0 || shape.lazy.filter { $0 > 1 }.count <= 1
  }

  /// Longest header that is read, in bytes. NumPy's own stop at a few hundred for numbers.
  public static let maximumLength = 65_536

  /// Bytes of a file up to the end of the longest header: magic, version and length stand before it.
  public static let longestHead = 12 + maximumLength

  /// Reads and checks the header of a file; the data is not read.
  ///
  /// - Throws: `NumPyError`: `missing`, `unreadable` or `system` from the system, `malformed` with the byte position for
  ///   everything that is not an array of numbers of exactly the stated size.
  public init(contentsOf path: String) throws(NumPyError) {
    try self.init(source: .file(InputFile(path: path)))
  }

  /// Reads and checks the header of a file that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - name: Name for errors.
  /// - Throws: `NumPyError` with reason `malformed`.
  public init(bytes: [UInt8], name: String = "array in memory") throws(NumPyError) {
    try self.init(source: .memory(bytes, size: bytes.count, name: name))
  }

  /// Reads and checks the header of a file whose first bytes are at hand.
  ///
  /// - Parameters:
  ///   - head: The first bytes: ``longestHead`` of them, or all where the file is shorter.
  ///   - size: Size of the whole file in bytes.
  ///   - name: Name for errors.
  /// - Throws: `NumPyError` with reason `malformed`.
  public init(head: [UInt8], size: Int, name: String) throws(NumPyError) {
    try self.init(source: .memory(head, size: size, name: name))
  }

  init(source: ArrayBytes) throws(NumPyError) {
    let text = try HeaderText(source: source)
    var scanner = HeaderScanner(file: source.name, text: text.bytes, start: text.offset)
    let fields = try scanner.fields()
    elementType = fields.elementType
    fortranOrder = fields.fortranOrder
    shape = fields.shape
    dataOffset = text.offset + text.bytes.count
    guard let count = Self.elementCount(of: fields.shape, byteSize: fields.elementType.byteSize) else {
      throw NumPyError(
        reason: .malformed, file: source.name, position: fields.shapePosition,
        expected: "an array of less than 2**63 bytes", found: "the shape \(Self.spelling(of: fields.shape))")
    }
    self.count = count
    try checkSize(of: source)
  }

  /// The file holds the header, the data and nothing else.
  private func checkSize(of source: ArrayBytes) throws(NumPyError) {
    let present = source.size - dataOffset
    if present < byteCount {
      throw NumPyError(
        reason: .malformed, file: source.name, position: source.size,
        expected:
          "\(byteCount) bytes of data for shape \(Self.spelling(of: shape)) of \(elementType.descriptor)",
        found: "the end of the file after \(present) bytes of data")
    }
    if present > byteCount {
      throw NumPyError(
        reason: .malformed, file: source.name, position: dataOffset + byteCount,
        expected: "the end of the file after \(byteCount) bytes of data",
        found: "\(present - byteCount) more bytes")
    }
  }

  /// Number of elements, or nil when the dimensions that are not 0 ask for 2**63 bytes or more.
  ///
  /// NumPy refuses such shapes even when a 0 makes them empty; then every partial product fits too.
  static func elementCount(of shape: [Int], byteSize: Int) -> Int? {
    var bytes = byteSize
    for dimension in shape where dimension != 0 {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: dimension)
      guard !overflow, dimension > 0 else { return nil }
      bytes = product
    }
    return shape.contains(0) ? 0 : bytes / byteSize
  }

  /// The shape as Python prints it: `()`, `(5,)`, `(2, 3)`.
  static func spelling(of shape: [Int]) -> String {
    let list = shape.map(String.init).joined(separator: ", ")
    return shape.count == 1 ? "(\(list),)" : "(\(list))"
  }
}

/// The dictionary text of a header and where it starts.
private struct HeaderText {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  let bytes: [UInt8]
  let offset: Int

  /// Reads magic, version and length, and only then the text.
  init(source: ArrayBytes) throws(NumPyError) {
    func error(at position: Int, expected: String, found: String) -> NumPyError {
      NumPyError(
        reason: .malformed, file: source.name, position: position, expected: expected, found: found)
    }
    let head = try source.bytes(at: 0, count: min(12, source.size))
    guard head.starts(with: Self.magic) else {
      throw error(
        at: 0, expected: "the magic bytes of an .npy file (\\x93NUMPY)",
        found: head.isEmpty ? "an empty file" : "bytes \(Self.hex(head.prefix(6)))")
    }
    guard head.count >= 8 else {
      throw error(at: head.count, expected: "the format version", found: "the end of the file")
    }
    let lengthSize: Int
    switch (head[6], head[7]) {
    case (1, 0): lengthSize = 2
    case (2, 0), (3, 0): lengthSize = 4
    default:
      throw error(at: 6, expected: "format version 1.0, 2.0 or 3.0", found: "\(head[6]).\(head[7])")
    }
    offset = 8 + lengthSize
    guard head.count >= offset else {
      throw error(
        at: head.count, expected: "a header length of \(lengthSize) bytes", found: "the end of the file")
    }
    let length = head[8..<offset].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= NumPyHeader.maximumLength else {
      throw error(
        at: 8, expected: "a header of at most \(NumPyHeader.maximumLength) bytes", found: "\(length) bytes")
    }
    guard source.size - offset >= length else {
      throw error(
        at: source.size, expected: "a header of \(length) bytes",
        found: "the end of the file after \(source.size - offset) of them")
    }
    bytes = try source.bytes(at: offset, count: length)
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }
}
