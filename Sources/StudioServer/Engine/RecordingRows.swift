import Datasets
import FeatureGeneration
import Foundation
import StudioAPI

/// Rows of a recording: as its file has them, or at the impulse's rate with a block's axes alone.
struct RecordingRows: Sendable {
  let entry: DatasetEntry
  let header: RecordingHeader
  /// Names and units of the columns that are read.
  let sensors: [Datasets.Sensor]
  /// All rows of the recording.
  let count: Int
  /// How rows came from those of the file; nil where they are the same.
  let resampling: Resampling?
  private let columns: [Int]
  private let generator: FeatureGenerator?

  /// As the file has them.
  init(_ entry: DatasetEntry, shelf: RecordingShelf) throws {
    let facts = try shelf.facts(entry)
    self.entry = entry
    header = facts.header
    sensors = facts.header.sensors
    columns = Array(sensors.indices)
    count = facts.rows
    resampling = nil
    generator = nil
  }

  /// At the impulse's rate, the axes of a block, in its order.
  init(_ entry: DatasetEntry, generator: FeatureGenerator, shelf: RecordingShelf) throws {
    let facts = try shelf.facts(entry)
    let opened = try generator.open(entry)
    self.entry = entry
    self.generator = generator
    header = opened.reader.header
    resampling = opened.resampling
    count = opened.resampling?.rows ?? opened.reader.rowCount ?? facts.rows
    let names = Dictionary(
      header.sensors.enumerated().map { (ByteKey($1.name), $0) }, uniquingKeysWith: { first, _ in first })
    let axes = generator.blocks.first?.block.axes ?? []
    columns = axes.compactMap { names[ByteKey($0)] }
    let all = header.sensors
    sensors = columns.map { all[$0] }
  }

  /// Reads rows, the columns of a row side by side.
  ///
  /// - Parameter range: within `0..<count`.
  /// - Complexity: O(rows up to the end of the range); memory for those of the range.
  func values(_ range: Range<Int>) throws -> [Double] {
    let reader = try generator?.open(entry).reader ?? entry.open()
    let width = max(1, reader.header.sensors.count)
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
    defer { block.deallocate() }
    var values: [Double] = []
    values.reserveCapacity(range.count * columns.count)
    var first = 0
    while first < range.upperBound {
      let count = try reader.readRows(into: block)
      if count == 0 { break }
      let wanted =
        max(range.lowerBound, first)..<max(max(range.lowerBound, first), min(range.upperBound, first + count))
      for row in wanted {
        for column in columns { values.append(block[(row - first) * width + column]) }
      }
      first += count
    }
    guard values.count == range.count * columns.count else {
      throw Refusal("\(entry.path) has changed while it was read")
    }
    return values
  }

  /// The first and last row of the file that rows come from.
  func sourceRows(_ range: Range<Int>) -> (first: Int, last: Int) {
    let last = max(range.lowerBound, range.upperBound - 1)
    guard let resampling else { return (range.lowerBound, last) }
    return (resampling.sourceRow(of: range.lowerBound), resampling.sourceRow(of: last))
  }

  /// Rows as Studio's payload.
  ///
  /// - Parameters:
  ///   - range: the crop, which the payload names.
  ///   - isCropped: whether the range was asked for.
  func payload(_ range: Range<Int>, isCropped: Bool) throws -> Studio.RawSamplePayload {
    payload(of: try values(range), range: range, isCropped: isCropped)
  }

  /// Values that have been read as Studio's payload.
  func payload(of values: [Double], range: Range<Int>, isCropped: Bool) -> Studio.RawSamplePayload {
    let width = max(1, sensors.count)
    let rows = stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    let isTime = header.imageSize == nil && count > 1
    return Studio.RawSamplePayload(
      deviceName: header.deviceName ?? "", deviceType: header.deviceType ?? "UNKNOWN",
      sensors: sensors.enumerated().map { Studio.Sensor(index: $0, name: $1.name, units: $1.units) }, values: rows,
      cropStart: isCropped ? range.lowerBound : nil, cropEnd: isCropped ? range.upperBound : nil,
      intervalMs: isTime ? header.intervalMs : 0, frequencyHz: isTime ? header.frequencyHz : 0)
  }
}
