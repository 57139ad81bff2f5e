import Foundation
import Testing

@testable import Datasets

/// A folder that lives as long as the value does.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders on its way. Returns its full path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
  }
}

/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Reads `bytes` as the recording `r`, with `chunk` bytes at a time and `batch` rows a call.
func read(
  _ bytes: [UInt8], chunk: Int = ByteSource.defaultChunk, batch: Int = 100, in folder: TemporaryFolder? = nil,
  options: ReadingOptions = ReadingOptions(), remarks: ([String]) -> Void = { _ in }
) throws -> Recording {
  let folder = try folder ?? TemporaryFolder()
  let reader = try RecordingFile.open(
    path: folder.write("r", bytes), displayName: "r", options: options, chunk: chunk)
  let width = reader.header.sensors.count
  var buffer = [Double](repeating: .nan, count: width * batch)
  var rows: [Double] = []
  while case let count = try buffer.withUnsafeMutableBufferPointer({ try reader.readRows(into: $0) }),
    count > 0
  {
    rows += buffer.prefix(count * width)
  }
  var recording = try Recording(reading: reader)
  recording.rows = rows
  remarks(reader.remarks)
  return recording
}

func read(_ text: String, chunk: Int = ByteSource.defaultChunk, batch: Int = 100) throws -> Recording {
  try read(Array(text.utf8), chunk: chunk, batch: batch)
}

/// The description of the error that reading `bytes` gives; "read" if there is none.
func failure(
  _ bytes: [UInt8], chunk: Int = ByteSource.defaultChunk, options: ReadingOptions = ReadingOptions()
) -> String {
  do {
    _ = try read(bytes, chunk: chunk, options: options)
    return "read"
  } catch {
    return "\(error)"
  }
}

func failure(_ text: String) -> String { failure(Array(text.utf8)) }

/// Where two arrays of rows part, as bits, or nil when they are the same. -0 is not 0 here.
func difference(_ rows: [Double], _ expected: [Double]) -> String? {
  if rows.count != expected.count { return "\(rows.count) values for \(expected.count)" }
  for (index, pair) in zip(rows, expected).enumerated() where pair.0.bitPattern != pair.1.bitPattern {
    return "value \(index): \(pair.0) for \(pair.1)"
  }
  return nil
}
