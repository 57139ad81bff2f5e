import Datasets
import FeatureGeneration

/// A recording too long to be sent whole: the least and the greatest value of each of many equal parts.
struct SignalEnvelope: Encodable {
  let success = true
  /// Rows of the recording at the impulse's rate.
  let rows: Int
  /// Rows of a part; the last one may have fewer.
  let step: Int
  /// For each axis of the block, the least value of each part.
  private(set) var lowest: [[Double]]
  /// For each axis of the block, the greatest value of each part.
  private(set) var highest: [[Double]]

  /// The most parts that a client may ask for.
  static let mostParts = 20_000

  /// Reads a recording once.
  ///
  /// - Parameter parts: about as many parts, at least 1.
  /// - Throws: `Refusal` for unknown ids, `DatasetError` for a recording that cannot be read.
  /// - Complexity: O(rows); memory for the parts alone.
  init(_ services: Services, block id: Int, recording: Int, parts: Int) throws {
    let contents = services.project.contents
    let block = try contents.impulse.block(id)
    let entry = try contents.recordings.entry(recording)
    let generator = try contents.impulse.prepared.generator(id)
    rows = try RecordingRows(entry, generator: generator, shelf: services.engine.shelf).count
    step = max(1, rows / max(1, min(parts, Self.mostParts)))
    let reader = try generator.open(entry).reader
    let names = reader.header.sensors.map { ByteKey($0.name) }
    let columns = block.axes.compactMap { names.firstIndex(of: ByteKey($0)) }
    lowest = Array(repeating: [], count: columns.count)
    highest = lowest
    let width = max(1, names.count)
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
    defer { buffer.deallocate() }
    var row = 0
    while true {
      let count = try reader.readRows(into: buffer)
      if count == 0 { break }
      for index in 0..<count {
        add(buffer, at: index * width, columns, isFirst: (row + index) % step == 0)
      }
      row += count
    }
  }

  private mutating func add(
    _ buffer: UnsafeMutableBufferPointer<Double>, at place: Int, _ columns: [Int], isFirst: Bool
  ) {
    for (axis, column) in columns.enumerated() {
      let value = buffer[place + column]
      if isFirst {
        lowest[axis].append(value)
        highest[axis].append(value)
      } else {
        let last = lowest[axis].count - 1
        if value < lowest[axis][last] { lowest[axis][last] = value }
        if value > highest[axis][last] { highest[axis][last] = value }
      }
    }
  }
}
