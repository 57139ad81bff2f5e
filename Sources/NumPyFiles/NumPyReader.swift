/// Streams the elements of an `.npy` file, for arrays larger than memory.
///
/// The reader keeps one chunk of at most 256 KiB. It belongs to one task at a time; it is not `Sendable`,
/// but a fresh one can be sent. `NumPyArray` is the convenient door to the same code.
public final class NumPyReader {
  /// Shape, element type and order of the array.
  public let header: NumPyHeader
  /// Elements that have not been read.
  public private(set) var remaining: Int

  private let source: ArrayBytes
  private let chunk: UnsafeMutableRawBufferPointer

  /// Largest chunk in bytes; a multiple of every element size.
  private static let chunkSize = 256 * 1024

  /// Opens a file and checks its header.
  ///
  /// - Throws: `NumPyError` as `NumPyHeader.init(contentsOf:)`; `malformed` for an array in Fortran order,
  ///   whose rows cannot be streamed. `NumPyArray` reads such files.
  public convenience init(path: String) throws(NumPyError) {
    try self.init(source: .file(InputFile(path: path)), requireRowMajor: true)
  }

  /// Reads a file that is in memory.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, header included.
  ///   - name: Name for errors.
  /// - Throws: `NumPyError` with reason `malformed`.
  public convenience init(bytes: [UInt8], name: String = "array in memory") throws(NumPyError) {
    try self.init(source: .memory(bytes, size: bytes.count, name: name), requireRowMajor: true)
  }

  init(source: ArrayBytes, requireRowMajor: Bool) throws(NumPyError) {
    let header = try NumPyHeader(source: source)
    guard header.isRowMajor || !requireRowMajor else {
      throw NumPyError(
        reason: .malformed, file: source.name, expected: "an array in C order", found: "Fortran order")
    }
    self.header = header
    self.source = source
    remaining = header.count
    chunk = .allocate(byteCount: min(Self.chunkSize, header.byteCount), alignment: 16)
  }

  deinit {
    chunk.deallocate()
  }

  /// Reads the next elements in file order, as many as fit.
  ///
  /// To read whole rows pass a buffer of a multiple of `header.rowWidth`. Values convert as
  /// `NumPyValue.canHold` describes; into `Float` and `Int32` nothing is ever rounded.
  ///
  /// - Parameter output: Room for at least one value.
  /// - Returns: Number of values read: the buffer's size, less at the end, 0 after it.
  /// - Throws: `NumPyError`: `malformed` when the element type does not fit into `Value`, `unreadable` from
  ///   the system. After an error the position is where it was before the call.
  /// - Complexity: O(values); no allocation.
  public func read<Value: NumPyValue>(
    into output: UnsafeMutableBufferPointer<Value>
  ) throws(NumPyError) -> Int {
    let type = header.elementType
    guard Value.canHold(type) else {
      throw NumPyError(
        reason: .malformed, file: source.name,
        expected: "a dtype that fits \(Value.elementType.descriptor) without loss",
        found: "'\(type.descriptor)'")
    }
    let count = min(output.count, remaining)
    guard count > 0, let target = output.baseAddress else { return 0 }
    let first = header.count - remaining
    let perChunk = chunk.count / type.byteSize
    var done = 0
    while done < count {
      let step = min(perChunk, count - done)
      let bytes = UnsafeMutableRawBufferPointer(rebasing: chunk[..<(step * type.byteSize)])
      try source.read(into: bytes, at: header.dataOffset + (first + done) * type.byteSize)
      if let start = bytes.baseAddress {
        Value.decode(start, of: type, count: step, into: target + done)
      }
      done += step
    }
    remaining -= count
    return count
  }
}
