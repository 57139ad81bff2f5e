import NumPyFiles

/// Reads a NumPy array as a recording: rows × axes, or one axis when it has one dimension. What the axes are and how
/// fast they were sampled stands in a ``NumPySidecar`` beside it.
///
/// The fingerprint is the hash of the array's file; the sidecar has its own, `companionFingerprint`.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class NumPyRecordingReader: RecordingReader, @unchecked Sendable {
  /// Bytes that are read at a time; a multiple of every element's size.
  private static let chunkSize = 128 * 1024

  let header: RecordingHeader
  let rowCount: Int?
  let label: RecordingLabel?
  private(set) var fingerprint: String?

  private let source: ByteSource
  private let array: NumPyHeader
  private let sidecar: NumPySidecar
  /// Elements that have been read.
  private var position = 0
  private var failure: DatasetError?
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)

  /// Checks the array's head against the size of the file, and reads the sidecar.
  init(_ source: ByteSource) throws(DatasetError) {
    self.source = source
    guard let path = source.path else {
      throw DatasetError(file: source.file, expected: "a file with another beside it", found: "bytes in memory")
    }
    // From the file that is open: another may stand at its path by now.
    let head = try source.bytes(at: 0, count: min(source.size, NumPyHeader.longestHead))
    do {
      array = try NumPyHeader(head: head, size: source.size, name: source.file)
    } catch {
      throw Self.translated(error, file: source.file)
    }
    let place = DatasetError.Position.byte(array.dataOffset)
    func refusal(_ expected: String, _ found: String, _ kind: DatasetError.Kind) -> DatasetError {
      DatasetError(file: source.file, position: place, expected: expected, found: found, kind: kind)
    }
    guard 1...2 ~= array.shape.count else {
      throw refusal("an array of rows × axes, or of rows", "\(array.shape.count) dimensions", .unsupported)
    }
    guard array.isRowMajor else {
      throw refusal("an array in C order (numpy.ascontiguousarray makes one)", "Fortran order", .unsupported)
    }
    guard array.count > 0 else { throw refusal("at least one row", "an empty array", .malformed) }
    guard array.rowWidth <= AcquisitionHead.sensorLimit else {
      throw refusal("at most \(AcquisitionHead.sensorLimit) axes", "\(array.rowWidth)", .unsupported)
    }
    sidecar = try NumPySidecar(besides: path, file: source.file, width: array.rowWidth, rowCount: array.rowCount)
    header = sidecar.header
    label = sidecar.label
    rowCount = array.rowCount
  }

  deinit { chunk.deallocate() }

  var bytesRead: Int { source.hashedBytes }
  var companionFingerprint: String? { ByteSource.fingerprint(of: sidecar.bytes) }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    if let failure { throw failure }
    if fingerprint != nil { return 0 }
    let width = array.rowWidth
    guard let out = buffer.baseAddress, buffer.count >= width else {
      preconditionFailure("the buffer must hold a row")
    }
    do {
      let wanted = min(buffer.count / width * width, array.count - position)
      if wanted == 0 { try finish() }
      var done = 0
      while done < wanted { done += try readChunk(wanted - done, into: out + done) }
      return wanted / width
    } catch {
      failure = error
      throw error
    }
  }

  /// Reads at most `limit` elements, at least one.
  private func readChunk(_ limit: Int, into out: UnsafeMutablePointer<Double>) throws(DatasetError) -> Int {
    let type = array.elementType
    let count = min(limit, chunk.count / type.byteSize)
    let bytes = UnsafeMutableRawBufferPointer(rebasing: chunk[..<(count * type.byteSize)])
    let offset = array.dataOffset + position * type.byteSize
    try source.hash(upTo: offset)
    let found = try source.read(into: bytes, at: offset)
    guard found == bytes.count, let start = bytes.baseAddress else {
      throw DatasetError(
        file: source.file, position: .byte(offset + found), expected: "\(bytes.count - found) more bytes",
        found: "the end of a file that shrank while it was read", kind: .unreadable)
    }
    Double.decode(start, of: type, count: count, into: out)
    if type.kind == .float { try checkFinite(out, count) }
    position += count
    return count
  }

  private func checkFinite(_ values: UnsafePointer<Double>, _ count: Int) throws(DatasetError) {
    var residue = SIMD8<Double>.zero
    for index in 0..<count { residue[index & 7] += values[index] * 0 }
    if residue.sum() == 0 { return }
    for index in 0..<count where !values[index].isFinite {
      throw DatasetError(
        file: source.file,
        position: .row(
          (position + index) / array.rowWidth,
          byte: array.dataOffset + (position + index) * array.elementType.byteSize),
        expected: "a finite number", found: "\(values[index])")
    }
  }

  private func finish() throws(DatasetError) {
    try source.hash(upTo: .max)
    fingerprint = source.fingerprint()
  }

  private static func translated(_ error: NumPyError, file: String) -> DatasetError {
    let kind: DatasetError.Kind =
      switch error.reason {
      case .missing: .missing
      case .unreadable, .unwritable: .unreadable
      case .system: .system
      case .malformed: .malformed
      }
    return DatasetError(
      file: file, position: error.position.map { .byte($0) } ?? .none, expected: error.expected, found: error.found,
      kind: kind)
  }
}

extension RecordingFormat {
  /// NumPy arrays with a sidecar.
  static let numpy = RecordingFormat(
    name: "a NumPy array", extensions: ["npy"],
    recognizes: { head, _ in head.starts(with: [0x93] + Array("NUMPY".utf8)) },
    open: { (source: ByteSource, _: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try NumPyRecordingReader(source)
    },
    mustBeOpened: { _ in true })
}
