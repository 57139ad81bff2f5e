/// Reads WAV and FLAC: one axis `audio` in units `wav`, see ``SampleScaling``. Several channels become their mean,
/// which is not rounded: eight channels give multiples of 1/8, as in Studio.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class AudioReader: RecordingReader, @unchecked Sendable {
  /// Values that are decoded at a time: enough to hide the calls, little enough for the cache.
  private static let blockSize = 16_384

  let header: RecordingHeader
  let rowCount: Int?
  private(set) var remarks: [String]
  private(set) var fingerprint: String?
  /// FLAC instead of WAV.
  private(set) var isFLAC = false

  private let source: ByteSource
  private let stream: SampleStream
  private let encoding: SampleEncoding
  private let channels: Int
  private var digest: SampleDigest?
  /// Rows that have been read.
  private var row = 0
  private var failure: DatasetError?

  private let blockFrames: Int
  /// Samples as they are decoded, at most 8 bytes each.
  private let raw: UnsafeMutableRawPointer
  /// Samples in units of 16 bits, before they are averaged.
  private let scaled: UnsafeMutablePointer<Double>

  /// Reads the head of a WAV file.
  convenience init(wave source: ByteSource) throws(DatasetError) {
    let layout = try WaveLayout(source)
    try self.init(
      source, SampleStream(wave: layout, source), layout.format.encoding, channels: layout.format.channels,
      rate: layout.format.rate, rowCount: layout.frameCount, remarks: layout.remarks, digest: nil)
  }

  /// Reads the head of a FLAC file.
  convenience init(flac source: ByteSource) throws(DatasetError) {
    let head = try FLACHead(source)
    try self.init(
      source, SampleStream(flac: head, source), .integer(bits: head.bits), channels: head.channels, rate: head.rate,
      rowCount: head.frameCount,
      remarks: head.frameCount == nil ? ["it does not say how long it is: a missing end would not show"] : [],
      digest: head.digest.map { SampleDigest(expected: $0, bits: head.bits) })
    isFLAC = true
  }

  private init(
    _ source: ByteSource, _ stream: SampleStream, _ encoding: SampleEncoding, channels: Int, rate: Int,
    rowCount: Int?, remarks: [String], digest: SampleDigest?
  ) {
    header = RecordingHeader(sensors: [Sensor(name: "audio", units: "wav")], intervalMs: 1000 / Double(rate))
    self.source = source
    self.stream = stream
    self.encoding = encoding
    self.channels = channels
    self.rowCount = rowCount
    self.remarks = remarks
    self.digest = digest
    blockFrames = max(1, Self.blockSize / channels)
    raw = .allocate(byteCount: 8 * blockFrames * channels, alignment: 16)
    scaled = .allocate(capacity: blockFrames * channels)
  }

  deinit {
    raw.deallocate()
    scaled.deallocate()
  }

  var bytesRead: Int { source.hashedBytes }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    if let failure { throw failure }
    if fingerprint != nil { return 0 }
    guard let out = buffer.baseAddress else { preconditionFailure("the buffer must hold a row") }
    do {
      var done = 0
      while done < buffer.count {
        let wanted = min(blockFrames, buffer.count - done, rowCount.map { $0 - row } ?? .max)
        let count = wanted > 0 ? try readBlock(wanted, into: out + done) : 0
        row += count
        done += count
        if count < wanted || count == 0 {
          if done == 0 { try finish() }
          break
        }
      }
      return done
    } catch {
      failure = error
      throw error
    }
  }

  /// Decodes one block, at most `blockFrames`. Fewer frames than asked are the end of a file that does not say how
  /// long it is.
  private func readBlock(_ frames: Int, into out: UnsafeMutablePointer<Double>) throws(DatasetError) -> Int {
    let target = channels == 1 ? out : scaled
    var count = 0
    var isFinite = true
    switch encoding {
    case .integer(bits: 16):
      let samples = raw.bindMemory(to: Int16.self, capacity: frames * channels)
      count = stream.read(into: samples, frames: frames)
      SampleScaling.convert(samples, count * channels, into: target)
    case .integer(let bits):
      let samples = raw.bindMemory(to: Int32.self, capacity: frames * channels)
      count = stream.read(into: samples, frames: frames)
      SampleScaling.convert(samples, bits: bits, count * channels, into: target)
    case .single:
      let samples = raw.bindMemory(to: Float.self, capacity: frames * channels)
      count = stream.read(into: samples, frames: frames)
      isFinite = SampleScaling.convert(samples, count * channels, into: target) { Double($0) }
      if !isFinite { try refuse(samples, count) }
    case .double:
      let samples = raw.bindMemory(to: Double.self, capacity: frames * channels)
      count = stream.read(into: samples, frames: frames)
      isFinite = SampleScaling.convert(samples, count * channels, into: target) { $0 }
      if !isFinite { try refuse(samples, count) }
    }
    try stream.check(row: row)
    if count < frames, let rowCount {
      throw DatasetError(
        file: source.file, position: .row(row + count, byte: stream.filePosition), expected: "\(rowCount) rows",
        found: "the end of the samples after \(row + count)")
    }
    digest?.add(raw, count * channels)
    if channels > 1 { SampleScaling.average(scaled, channels: channels, count, into: out) }
    return count
  }

  /// Throws the error for the first sample that is not finite.
  private func refuse<Sample: BinaryFloatingPoint>(
    _ samples: UnsafePointer<Sample>, _ frames: Int
  ) throws(DatasetError) {
    for index in 0..<frames * channels where !samples[index].isFinite {
      throw DatasetError(
        file: source.file, position: .row(row + index / channels), expected: "a finite number",
        found: "\(samples[index])")
    }
  }

  /// Checks what is left when all rows have been read.
  private func finish() throws(DatasetError) {
    if row == 0 {
      throw DatasetError(file: source.file, position: .byte(stream.filePosition), expected: "samples", found: "none")
    }
    if let digest, !digest.isRight {
      throw DatasetError(
        file: source.file, position: .row(row, byte: stream.filePosition),
        expected: "samples with the MD5 that the file states", found: "other samples")
    }
    try source.hash(upTo: .max)
    fingerprint = source.fingerprint()
  }
}

extension RecordingFormat {
  /// PCM and float WAV files.
  static let wave = RecordingFormat(
    name: "a WAV file", extensions: ["wav", "rf64", "w64"],
    recognizes: { head, _ in WaveLayout.recognizes(head) },
    open: { (source: ByteSource, _: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try AudioReader(wave: source)
    })

  /// FLAC files.
  static let flac = RecordingFormat(
    name: "a FLAC file", extensions: ["flac"],
    recognizes: { head, _ in head.starts(with: FLACHead.magic) },
    open: { (source: ByteSource, _: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try AudioReader(flac: source)
    })
}
