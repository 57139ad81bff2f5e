import Foundation

/// One axis of a recording as audio: 16-bit PCM, one channel.
///
/// Values that 16 bits hold are rounded to whole numbers; larger and smaller ones (a recording in m/s², say) are scaled
/// so that the loudest fills the range. Source: Microsoft, Multimedia Programming Interface and Data Specifications 1.0.
enum WaveFile {
  /// - Parameters:
  ///   - axis: column, from 0.
  ///   - start: first row.
  ///   - end: the row after the last.
  /// - Throws: `Refusal` for what is no part of the recording, or has no rate.
  static func data(_ rows: RecordingRows, axis: Int, start: Int, end: Int) throws -> Data {
    guard rows.sensors.indices.contains(axis) else {
      throw Refusal("axis \(axis): the recording has \(rows.sensors.count) axes, from 0")
    }
    guard start >= 0, start < end, end <= rows.count else {
      throw Refusal("rows \(start) to \(end) are no slice of \(rows.count) rows")
    }
    guard rows.header.imageSize == nil, let rate = UInt32(exactly: (1000 / rows.header.intervalMs).rounded()), rate > 0
    else { throw Refusal("a recording with an interval of \(rows.header.intervalMs) ms has no audio") }
    guard end - start < 1 << 30 else { throw Refusal("the slice is too long for a WAV file") }
    let width = rows.sensors.count
    let values = try rows.values(start..<end)
    let column = stride(from: axis, to: values.count, by: width).map { values[$0] }
    let loudest = column.reduce(0) { max($0, abs($1)) }
    let isAudio = loudest <= 32768 && column.allSatisfy { $0 == $0.rounded() }
    let factor = isAudio || loudest == 0 ? 1 : 32767 / loudest
    var data = header(rate: rate, bytes: UInt32(2 * column.count))
    data.reserveCapacity(data.count + 2 * column.count)
    for value in column {
      let sample = Int16(max(-32768, min(32767, (value * factor).rounded())))
      data.append(UInt8(truncatingIfNeeded: sample))
      data.append(UInt8(truncatingIfNeeded: sample >> 8))
    }
    return data
  }

  private static func header(rate: UInt32, bytes: UInt32) -> Data {
    func word(_ value: UInt32) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }
    func half(_ value: UInt16) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }
    // PCM, one channel, bytes a second, bytes a frame, bits.
    let format = word(16) + half(1) + half(1) + word(rate) + word(2 &* rate) + half(2) + half(16)
    return Data("RIFF".utf8) + word(bytes &+ 36) + Data("WAVEfmt ".utf8) + format + Data("data".utf8) + word(bytes)
  }
}
