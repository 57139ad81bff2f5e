/// Rows of an `.npy` file in any order, without reading what lies between them.
///
/// `NumPyReader` goes from front to back; this goes anywhere. It keeps one chunk of at most 256 KiB and belongs to one
/// thread at a time.
public final class NumPyRows {
  /// Shape, element type and order of the array.
  public let header: NumPyHeader

  private let source: ArrayBytes
  private let chunk: UnsafeMutableRawBufferPointer
  private static let chunkSize = 256 * 1024

  /// Opens a file and checks its header.
  ///
  /// - Throws: `NumPyError`; `malformed` for an array in Fortran order, whose rows are scattered over the file.
  public init(path: String) throws(NumPyError) {
    source = .file(try InputFile(path: path))
    header = try NumPyHeader(source: source)
    guard header.isRowMajor else {
      throw NumPyError(reason: .malformed, file: path, expected: "an array in C order", found: "Fortran order")
    }
    chunk = .allocate(byteCount: min(Self.chunkSize, max(1, header.byteCount)), alignment: 16)
  }

  deinit { chunk.deallocate() }

  /// Reads rows `first ..< first + count`, converted as `NumPyValue.canHold` describes.
  ///
  /// - Parameter output: room for `count` rows; the rows exist.
  /// - Throws: `NumPyError`: `malformed` where the type does not fit into `Value`, `unreadable` from the system.
  /// - Complexity: O(values); no allocation.
  public func read<Value: NumPyValue>(
    rows first: Int, count: Int, into output: UnsafeMutablePointer<Value>
  ) throws(NumPyError) {
    precondition(first >= 0 && count >= 0 && count <= header.rowCount - first, "rows of the array")
    let type = header.elementType
    guard Value.canHold(type) else {
      throw NumPyError(
        reason: .malformed, file: source.name,
        expected: "a dtype that fits \(Value.elementType.descriptor) without loss", found: "'\(type.descriptor)'")
    }
    let total = count * header.rowWidth
    let perChunk = chunk.count / type.byteSize
    var done = 0
    while done < total {
      let step = min(perChunk, total - done)
      let bytes = UnsafeMutableRawBufferPointer(rebasing: chunk[..<(step * type.byteSize)])
      try source.read(into: bytes, at: header.dataOffset + (first * header.rowWidth + done) * type.byteSize)
      if let start = bytes.baseAddress { Value.decode(start, of: type, count: step, into: output + done) }
      done += step
    }
  }
}
