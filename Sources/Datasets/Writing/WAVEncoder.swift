import OutputFiles

/// One channel of 16-bit PCM. Source: Microsoft, Multimedia Programming Interface and Data Specifications 1.0 (1991).
final class WAVEncoder: RecordingEncoder {
  private let file: BufferedFile
  private let target: RecordingTarget
  private var row = 0

  private static let headerSize = 44
  /// Sizes are 32 bits.
  private static let mostBytes = Int(UInt32.max) - headerSize

  init(_ target: RecordingTarget) throws {
    self.target = target
    let header = target.header
    if header.sensors.count != 1 {
      throw target.refusal(
        "one axis: a WAV of several channels reads back as their mean; use json, cbor, csv or npy",
        "\(header.sensors.count)")
    }
    guard let rate = Self.rate(header.intervalMs) else {
      throw target.refusal(
        "a whole number of Hz, which WAV needs; use json, cbor, csv or npy", "an interval of \(header.intervalMs) ms")
    }
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    try file.append(Self.header(rate: rate, dataSize: 0))
  }

  /// The whole rate whose interval is this one.
  private static func rate(_ intervalMs: Double) -> UInt32? {
    guard intervalMs > 0, let rate = UInt32(exactly: (1000 / intervalMs).rounded()), rate > 0,
      1000 / Double(rate) == intervalMs
    else { return nil }
    return rate
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * rows.count)
    for value in rows {
      guard let sample = Int16(exactly: value), sample != 0 || value.sign == .plus else {
        throw target.refusal(
          "whole numbers from -32768 to 32767, as WAV is written with 16 bits; use json, cbor, csv or npy",
          "\(value)", at: .row(row))
      }
      bytes.append(UInt8(truncatingIfNeeded: sample))
      bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
      row += 1
    }
    if 2 * row > Self.mostBytes { throw target.refusal("at most \(Self.mostBytes) bytes of samples", "more") }
    try file.append(bytes)
  }

  func finish(_ header: RecordingHeader) throws {
    guard let rate = Self.rate(target.header.intervalMs), let size = UInt32(exactly: 2 * row) else { return }
    try file.patch(Self.header(rate: rate, dataSize: size), at: 0)
    try file.finish()
  }

  private static func header(rate: UInt32, dataSize: UInt32) -> [UInt8] {
    func word(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    func half(_ value: UInt16) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    let riff = Array("RIFF".utf8) + word(dataSize + UInt32(headerSize) - 8) + Array("WAVE".utf8)
    // PCM, one channel, bytes a second, bytes a frame, bits.
    let format = Array("fmt ".utf8) + word(16) + half(1) + half(1) + word(rate) + word(2 &* rate) + half(2) + half(16)
    return riff + format + Array("data".utf8) + word(dataSize)
  }
}
