/// The walk over the chunks of a WAV file. Chunks before the samples must be whole; what follows them has no say
/// about them, so damage there is a remark.
struct WaveWalk {
  private let container: WaveContainer
  private let source: ByteSource
  private var offset: Int
  /// Size of the samples in an RF64 file.
  private var wideDataSize: UInt64?
  /// The size that the file claims to have; nil where it does not.
  private var claimedSize: UInt64?

  private(set) var format: WaveFormat?
  private(set) var data: Range<Int>?
  private(set) var remarks: [String] = []

  /// More chunks than any program writes; bounds the time that a hostile file costs.
  static let chunkLimit = 10_000

  init(_ container: WaveContainer, _ source: ByteSource) {
    self.container = container
    self.source = source
    offset = container.firstChunk
    claimedSize = container.claimedSize
  }

  mutating func run() throws(DatasetError) {
    for _ in 0..<Self.chunkLimit {
      if offset >= source.size { return finish() }
      let head = try source.bytes(at: offset, count: container.chunkHead)
      guard head.count == container.chunkHead else {
        return try stop("a chunk's name and size", "the end of the file after \(head.count) bytes")
      }
      guard head[..<4].allSatisfy({ 0x20...0x7E ~= $0 }) else {
        return try stop("a chunk", DatasetError.quoted(bytes: head.prefix(4)))
      }
      guard let size = size(head) else {
        return try stop("a chunk of at least 24 bytes", "a smaller one")
      }
      guard try take(String(decoding: head.prefix(4), as: UTF8.self), size) else { return }
    }
    try stop("at most \(Self.chunkLimit) chunks", "more")
  }

  /// The bytes of a chunk without its head.
  private func size(_ head: [UInt8]) -> UInt64? {
    if container.kind != .w64 { return ByteNumber.unsigned(head[4..<8], isBigEndian: container.isBigEndian) }
    let size = ByteNumber.unsigned(head[16..<24], isBigEndian: false)
    return size >= 24 ? size - 24 : nil
  }

  /// Takes in one chunk. False when none can follow.
  private mutating func take(_ name: String, _ claimed: UInt64) throws(DatasetError) -> Bool {
    let start = offset + container.chunkHead
    let present = max(0, source.size - start)
    if name == "data" { return try takeData(claimed, start, present) }
    guard let size = Int(exactly: claimed), size <= present else {
      try stop(
        "\(claimed) bytes in the chunk \(DatasetError.quoted(name))", "the end of the file after \(present)",
        at: source.size)
      return false
    }
    switch name {
    case "fmt ":
      if format != nil { throw error("one fmt chunk", "a second one") }
      format = try WaveFormat(
        source.bytes(at: start, count: min(size, 40)), isBigEndian: container.isBigEndian, at: start,
        file: source.file)
    case "ds64" where container.kind == .rf64:
      guard size >= 24 else { throw error("a ds64 chunk of at least 24 bytes", "\(size) bytes") }
      let sizes = try source.bytes(at: start, count: 16)
      let (whole, overflow) = ByteNumber.unsigned(sizes.prefix(8), isBigEndian: false).addingReportingOverflow(8)
      claimedSize = overflow ? .max : whole
      wideDataSize = ByteNumber.unsigned(sizes.dropFirst(8), isBigEndian: false)
    default: break
    }
    advance(past: start, size)
    return true
  }

  private mutating func takeData(_ claimed: UInt64, _ start: Int, _ present: Int) throws(DatasetError) -> Bool {
    if data != nil { throw error("one data chunk", "a second one", .unsupported) }
    guard let format else { throw error("a fmt chunk before the samples", "the data chunk") }
    var claimed = claimed
    var isOpen = false
    if container.kind != .w64, claimed == 0xFFFF_FFFF {
      if container.kind == .rf64 {
        guard let wideDataSize else { throw error("a ds64 chunk before the samples", "the data chunk") }
        claimed = wideDataSize
      } else {
        isOpen = true
        remarks.append(
          "its data chunk does not say how long it is: the samples are taken to reach to the end of the file")
      }
    }
    let size = isOpen ? present : Int(exactly: claimed) ?? .max
    guard size <= present else {
      throw error(
        "\(claimed) bytes of samples from byte \(start) on", "the end of the file after \(present)", at: source.size)
    }
    if size == 0 {
      throw error(
        "samples",
        present == 0
          ? "a data chunk of 0 bytes"
          : "a data chunk of 0 bytes with \(present) bytes behind it, as a recorder leaves it that was not stopped")
    }
    guard size.isMultiple(of: format.frameSize) else {
      throw error("frames of \(format.frameSize) bytes", "\(size) bytes of samples", at: start + size)
    }
    data = start..<start + size
    advance(past: start, size)
    return !isOpen
  }

  private mutating func advance(past start: Int, _ size: Int) {
    // No overflow: the chunk ends inside the file.
    let end = start + size
    offset = end + (container.alignment - end % container.alignment) % container.alignment
  }

  // MARK: The end

  private mutating func finish() {
    if let claimed = claimedSize, claimed > UInt64(source.size) + 1 {
      remarks.append(
        "it says that it has \(claimed) bytes, and has \(source.size): something behind the samples is missing")
    }
  }

  /// Damage: an error before the samples, a remark behind them.
  private mutating func stop(_ expected: String, _ found: String, at place: Int? = nil) throws(DatasetError) {
    guard let data else { throw error(expected, found, at: place) }
    remarks.append("the \(source.size - data.upperBound) bytes behind the samples are not made of whole chunks")
  }

  func missing(_ chunk: String) -> DatasetError {
    DatasetError(
      file: source.file, position: .byte(source.size), expected: chunk, found: "the end of the file", kind: .malformed)
  }

  private func error(
    _ expected: String, _ found: String, _ kind: DatasetError.Kind = .malformed, at place: Int? = nil
  ) -> DatasetError {
    DatasetError(
      file: source.file, position: .byte(place ?? offset), expected: expected, found: found, kind: kind)
  }
}
