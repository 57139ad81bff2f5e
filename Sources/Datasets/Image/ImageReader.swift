/// A picture file whose structure has been checked, not decoded yet.
protocol EncodedPicture: Sendable {
  /// As its header says.
  var size: PixelSize { get }
  /// What is odd about it.
  var remarks: [String] { get }

  /// Checks the structure of a whole file, and that its size is one that is decoded.
  init(_ contents: [UInt8], file: String) throws(DatasetError)

  /// The pixels, as they are stored.
  func decoded() throws(DatasetError) -> PixelImage
}

extension PixelSize {
  /// Throws where a picture of this size is not decoded.
  func check(file: String, position: DatasetError.Position) throws(DatasetError) {
    if isAccepted { return }
    throw DatasetError(
      file: file, position: position,
      expected: "1 to \(Self.longestSide) pixels a side, and at most \(Self.mostPixels) in all",
      found: "\(width) x \(height)", kind: width > 0 && height > 0 ? .unsupported : .malformed)
  }
}

/// Reads a picture as a recording: one axis `image`, a row a pixel, packed as 0xRRGGBB, from the top left.
///
/// The file is read when it is opened, and decoded with the first rows. Memory: the file, its pixels at 3 bytes (4 with
/// alpha; about 10 while a progressive JPEG is decoded), and 3 bytes a pixel of the result.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class ImageReader<Picture: EncodedPicture>: RecordingReader, @unchecked Sendable {
  private enum Stage {
    case encoded(Picture)
    /// With the number of pixels that have been handed out.
    case decoded(PixelImage, Int)
    case finished
    case failed(DatasetError)
  }

  /// Largest file, as Studio takes them and somewhat more.
  static var mostBytes: Int { 1 << 27 }

  let header: RecordingHeader
  let rowCount: Int?
  let remarks: [String]
  let bytesRead: Int
  private(set) var fingerprint: String?
  private let hash: String
  private let resizing: ImageResizing?
  private var stage: Stage

  init(_ source: ByteSource, _ options: ReadingOptions) throws(DatasetError) {
    let picture = try Picture(try Self.contents(of: source), file: source.file)
    resizing = options.image
    let size = resizing.map { PixelSize(width: $0.width, height: $0.height) } ?? picture.size
    header = RecordingHeader(imageSize: size)
    rowCount = size.width * size.height
    remarks = picture.remarks
    bytesRead = source.hashedBytes
    hash = source.fingerprint()
    stage = .encoded(picture)
  }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    precondition(!buffer.isEmpty, "the buffer must hold a row")
    switch stage {
    case .finished: return 0
    case .failed(let error): throw error
    case .encoded(let picture): try decode(picture)
    case .decoded: break
    }
    guard case .decoded(let image, let done) = stage else { return 0 }
    let total = image.size.width * image.size.height
    let count = min(buffer.count, total - done)
    if count == 0 {
      fingerprint = hash
      stage = .finished
      return 0
    }
    image.pack(from: done, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    stage = .decoded(image, done + count)
    return count
  }

  private func decode(_ picture: Picture) throws(DatasetError) {
    do {
      let image = try picture.decoded()
      stage = .decoded(resizing.map { image.resized($0) } ?? image, 0)
    } catch {
      stage = .failed(error)
      throw error
    }
  }

  private static func contents(of source: ByteSource) throws(DatasetError) -> [UInt8] {
    func tooLong() -> DatasetError {
      DatasetError(
        file: source.file, expected: "a picture of at most \(mostBytes >> 20) MiB", found: "a larger file",
        kind: .unsupported)
    }
    if source.size > mostBytes { throw tooLong() }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.size)
    repeat {
      bytes.append(
        contentsOf: UnsafeBufferPointer(start: source.base + source.cursor, count: source.end - source.cursor))
      source.cursor = source.end
      // A file can grow while it is read.
      if bytes.count > mostBytes { throw tooLong() }
    } while try source.refill()
    return bytes
  }
}

extension RecordingHeader {
  /// The header of a picture. Its interval of 1 ms is Studio's convention for recordings without a time axis.
  init(imageSize: PixelSize) {
    self.init(sensors: [Sensor(name: "image", units: "rgba")], intervalMs: 1)
    self.imageSize = imageSize
  }
}

extension RecordingFormat {
  static let png = RecordingFormat(
    name: "a PNG picture", extensions: ["png"],
    recognizes: { head, _ in head.starts(with: PNGPicture.signature) },
    open: { source, options throws(DatasetError) in try ImageReader<PNGPicture>(source, options) })

  static let jpeg = RecordingFormat(
    name: "a JPEG picture", extensions: ["jpg", "jpeg"],
    recognizes: { head, _ in head.starts(with: JPEGPicture.signature) },
    open: { source, options throws(DatasetError) in try ImageReader<JPEGPicture>(source, options) })
}
