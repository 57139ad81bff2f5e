// A recording that is written and read back has the same bits in every row, the same interval and the same axes.
// Recordings are drawn from a seed: 1 to 5 axes, 1 to 1000 rows, rates that have no short decimal, values that are whole,
// fractions, or at the limits of a double. Each format gets the draws that it can hold, a chain passes one through all.
// Names with quotes, line breaks and marks go through every format that has names.
// Devices that a file names behind its rows must not get lost either.
import Testing

@testable import Datasets

/// Rows in memory, as a reader hands them out: in batches that do not fit the encoders' blocks.
final class MemoryReader: RecordingReader, @unchecked Sendable {
  private(set) var header: RecordingHeader
  private let rows: [Double]
  private var position = 0
  /// Becomes known at the end only.
  private let lateDevice: String?

  init(_ header: RecordingHeader, _ rows: [Double], lateDevice: String? = nil) {
    self.header = header
    self.rows = rows
    self.lateDevice = lateDevice
  }

  var bytesRead: Int { 8 * position }
  var fingerprint: String? { nil }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    let width = header.sensors.count
    let count = min(buffer.count / width, 77, (rows.count - position) / width)
    _ = buffer.update(fromContentsOf: rows[position..<position + count * width])
    position += count * width
    if count == 0, let lateDevice { header.deviceName = lateDevice }
    return count
  }
}

struct RoundTripTests {
  enum Values: CaseIterable { case whole, fractions, extreme }

  static let intervals = [0.0625, 16, 10, 5.0349121093750115, 1000.0 / 44_100]
  static let limits = [
    0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, 1e308,
    0x1p53, -0x1p53, 0x1p53 + 2, -0x1p63, 0x1p63, 65_504, 65_535, 65_536, -65_536, -65_537, 0x1p-24, 0x1p-14, 1e15,
    1e16, 1e21, 123_456_789.123_456_78, 0.1, 1.0 / 3, Double(Float.leastNonzeroMagnitude), 23, 24, 255, 256, -24, -25,
    -256, -257,
  ]

  static func recording(_ seed: UInt64, _ values: Values, interval: Double, axes: Int? = nil) -> Recording {
    var random = SeededGenerator(seed: seed)
    let axes = axes ?? Int.random(in: 1...5, using: &random)
    let rows = Int.random(in: seed % 3 == 0 ? 2...3 : 2...1000, using: &random)
    let numbers = (0..<rows * axes).map { _ -> Double in
      switch values {
      case .whole: return Double(Int.random(in: -32_768...32_767, using: &random))
      case .fractions: return Double.random(in: -20...20, using: &random)
      case .extreme:
        if Bool.random(using: &random) { return limits.randomElement(using: &random) ?? 0 }
        let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &random))
        return value.isFinite ? value : -0.0
      }
    }
    let sensors = (0..<axes).map { Sensor(name: axes == 1 ? "audio" : "axis \($0)", units: "m/s2") }
    return Recording(header: RecordingHeader(sensors: sensors, intervalMs: interval), rows: numbers)
  }

  /// Writes, reads back, and tells what differs.
  static func difference(_ recording: Recording, _ format: WritableFormat, in folder: TemporaryFolder) throws -> String?
  {
    let path = "\(folder.path)/r.\(format.fileExtension)"
    try MemoryReader(recording.header, recording.rows).write(format, to: path)
    let found = try Recording(path: path)
    if found.header.intervalMs != recording.header.intervalMs { return "interval \(found.header.intervalMs)" }
    let names = found.header.sensors.map(\.name)
    if names != recording.header.sensors.map(\.name) { return "axes \(names)" }
    if ![.csv, .wav].contains(format), found.header.sensors != recording.header.sensors { return "units" }
    return DatasetsTests.difference(found.rows, recording.rows)
  }

  @Test(arguments: [WritableFormat.json, .cbor, .csv, .npy], Values.allCases)
  func rowsComeBack(format: WritableFormat, values: Values) throws {
    let folder = try TemporaryFolder()
    for seed in 0..<15 as Range<UInt64> {
      let interval = Self.intervals[Int(seed) % Self.intervals.count]
      let recording = Self.recording(seed, values, interval: interval)
      #expect(try Self.difference(recording, format, in: folder) == nil, "seed \(seed)")
    }
  }

  @Test func soundComesBack() throws {
    let folder = try TemporaryFolder()
    for (seed, rate) in [1, 8000, 16_000, 44_100, 48_000, 3].enumerated() {
      let recording = Self.recording(UInt64(seed), .whole, interval: 1000 / Double(rate), axes: 1)
      #expect(try Self.difference(recording, .wav, in: folder) == nil, "\(rate) Hz")
    }
  }

  @Test(arguments: [WritableFormat.json, .cbor, .npy, .csv])
  func singleRowsComeBack(format: WritableFormat) throws {
    let folder = try TemporaryFolder()
    for axes in [1, 3] {
      let sensors = (0..<axes).map { Sensor(name: "a\($0)", units: "N/A") }
      let header = RecordingHeader(sensors: sensors, intervalMs: 1000)
      let recording = Recording(header: header, rows: Array(repeating: -0.5, count: axes))
      #expect(try Self.difference(recording, format, in: folder) == nil, "\(axes) axes")
    }
  }

  @Test(arguments: [WritableFormat.json, .cbor, .npy, .csv])
  func namesComeBack(format: WritableFormat) throws {
    let folder = try TemporaryFolder()
    let names = [
      "a,b", "a;b", "say \"x\"", "\"", "two\nlines", "tab\tbed", "ä", "a\u{308}", "'", "1,5", "{}", "#", "\\n",
    ]
    let header = RecordingHeader(sensors: names.map { Sensor(name: $0, units: "m\"s\n") }, intervalMs: 16)
    let rows = (0..<2 * names.count).map { Double($0) }
    #expect(try Self.difference(Recording(header: header, rows: rows), format, in: folder) == nil)
    for name in names {
      let header = RecordingHeader(sensors: [Sensor(name: name, units: "")], intervalMs: 16)
      #expect(try Self.difference(Recording(header: header, rows: [1, 2]), format, in: folder) == nil, "\(name)")
    }
  }

  @Test func aChainOfFormatsLosesNothing() throws {
    let folder = try TemporaryFolder()
    for seed in 100..<110 as Range<UInt64> {
      let recording = Self.recording(seed, seed % 2 == 0 ? .extreme : .fractions, interval: 5.0349121093750115)
      var reader: any RecordingReader = MemoryReader(recording.header, recording.rows)
      for (step, format) in [WritableFormat.json, .cbor, .npy, .csv, .json].enumerated() {
        let path = "\(folder.path)/\(seed)-\(step).\(format.fileExtension)"
        #expect(try reader.write(format, to: path) == recording.rowCount)
        reader = try RecordingFile.open(path: path, displayName: path)
      }
      #expect(reader.header.intervalMs == recording.header.intervalMs)
      #expect(reader.header.sensors.map(\.name) == recording.header.sensors.map(\.name))
      #expect(DatasetsTests.difference(try Recording(reading: reader).rows, recording.rows) == nil, "seed \(seed)")
    }
  }

  @Test(arguments: [WritableFormat.json, .cbor, .npy])
  func devicesAndLabelsAreKept(format: WritableFormat) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/r.\(format.fileExtension)"
    let header = RecordingHeader(
      sensors: [Sensor(name: "x", units: "")], intervalMs: 16, deviceName: nil, deviceType: "BOARD")
    let label = RecordingLabel.multi([
      LabelSpan(start: 0, end: 0, label: "a"), LabelSpan(start: 1, end: 2, label: "\"b\""),
    ])
    try MemoryReader(header, [1, 2, 3], lateDevice: "the \"kitchen\"").write(format, to: path, label: label)
    let reader = try RecordingFile.open(path: path, displayName: path)
    let found = try Recording(reading: reader)
    #expect(found.header.deviceName == "the \"kitchen\"" && found.header.deviceType == "BOARD")
    #expect(reader.label == (format == .npy ? label : nil))
  }
}
