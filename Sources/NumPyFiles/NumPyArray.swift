/// A whole `.npy` file in memory.
///
/// The values are doubles in C order (last index fastest), whatever the file's type and order.
public struct NumPyArray: Sendable, Equatable {
  /// Length of each dimension. Empty for a single number without dimensions.
  public let shape: [Int]
  /// The elements, `shape` multiplied out, in C order.
  public let values: [Double]

  /// Values that a call reads at most by default: 2**30, or 8 GiB as doubles.
  ///
  /// A sparse file can be larger than memory although its size is right; this is the guard against it.
  public static let defaultLimit = 1 << 30

  /// Reads a file of any supported type, byte order and memory order.
  ///
  /// Integers of 64 bits beyond 2**53 are rounded to the nearest double; everything else is exact. Booleans
  /// become 0 and 1.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Largest number of values to accept. Stream larger files with `NumPyReader`.
  /// - Throws: `NumPyError`: `missing`, `unreadable`, or `malformed` with the byte position.
  /// - Complexity: O(values) time. Memory is 8 bytes a value and one chunk, taken after the size check.
  public init(contentsOf path: String, limit: Int = defaultLimit) throws(NumPyError) {
    try self.init(source: .file(InputFile(path: path)), limit: limit)
  }

  /// Reads a file that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, header included.
  ///   - name: Name for errors.
  /// - Throws: `NumPyError` with reason `malformed`.
  public init(bytes: [UInt8], name: String = "array in memory") throws(NumPyError) {
    try self.init(source: .memory(bytes, size: bytes.count, name: name), limit: Self.defaultLimit)
  }

  private init(source: ArrayBytes, limit: Int) throws(NumPyError) {
    let contents: (header: NumPyHeader, values: [Double]) = try Self.read(source: source, limit: limit)
    shape = contents.header.shape
    values = contents.values
  }

  /// Reads a file into numbers that hold its type without loss, for comparisons of bits.
  ///
  /// - Parameters:
  ///   - type: `Float.self` for `f2`, `f4` and short integers, `Int32.self` for integers of up to 32 bits.
  ///   - path: The file.
  ///   - limit: Largest number of values to accept.
  /// - Returns: The header, and the values in C order. A NaN keeps its sign and payload from `f4`.
  /// - Throws: As `init(contentsOf:)`, and `malformed` when the file's type does not fit.
  public static func read<Value: NumPyValue>(
    _ type: Value.Type, from path: String, limit: Int = defaultLimit
  ) throws(NumPyError) -> (header: NumPyHeader, values: [Value]) {
    try read(source: .file(InputFile(path: path)), limit: limit)
  }

  private static func read<Value: NumPyValue>(
    source: ArrayBytes, limit: Int
  ) throws(NumPyError) -> (header: NumPyHeader, values: [Value]) {
    let reader = try NumPyReader(source: source, requireRowMajor: false)
    let header = reader.header
    guard header.count <= limit else {
      throw NumPyError(
        reason: .malformed, file: source.name, expected: "at most \(limit) values to read at once",
        found: "\(header.count) values")
    }
    let part = UnsafeMutableBufferPointer<Value>.allocate(capacity: min(header.count, 32_768))
    defer { part.deallocate() }

    var inFileOrder: [Value] = []
    inFileOrder.reserveCapacity(header.count)
    while reader.remaining > 0 {
      let count = try reader.read(into: part)
      inFileOrder.append(contentsOf: part[..<count])
    }
    guard !header.isRowMajor else { return (header, inFileOrder) }
    return (header, rowMajor(inFileOrder, shape: header.shape))
  }

  /// Reorders a Fortran array.
  ///
  /// The walk goes through the result in order and keeps the place in the source: one more along dimension d
  /// is a step of the product of the dimensions before d.
  private static func rowMajor<Value>(_ columns: [Value], shape: [Int]) -> [Value] {
    var strides: [Int] = []
    var product = 1
    for dimension in shape {
      strides.append(product)
      product *= dimension
    }
    var rows: [Value] = []
    rows.reserveCapacity(columns.count)
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    while rows.count < columns.count {
      rows.append(columns[place])
      var dimension = shape.count - 1
      while dimension >= 0 {
        index[dimension] += 1
        place += strides[dimension]
        if index[dimension] < shape[dimension] { break }
        place -= index[dimension] * strides[dimension]
        index[dimension] = 0
        dimension -= 1
      }
    }
    return rows
  }
}
