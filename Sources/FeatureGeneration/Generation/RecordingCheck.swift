import Datasets

extension FeatureGenerator {
  /// Whether a recording can be used at all: all axes present, and few enough for windows in memory.
  func check(_ header: RecordingHeader, file: String) throws(DatasetError) {
    try checkKind(header, file: file)
    let names = header.sensors.map(\.name)
    let rows = blocks.first?.block.input.window.rows ?? 0
    if rows > SlabSize.mostValuesOfWindow / names.count {
      throw DatasetError(
        file: file, position: .entry("payload.sensors"),
        expected: "at most \(SlabSize.mostValuesOfWindow / rows) axes for windows of \(rows) rows",
        found: "\(names.count) axes", kind: .unsupported)
    }
    let known = Set(names.map { ByteKey($0) })
    for block in blocks {
      for axis in block.block.axes where !known.contains(ByteKey(axis)) {
        throw DatasetError(
          file: file, position: .entry("payload.sensors"),
          expected: "axis \"\(axis.prefix(40))\" for block \(block.block.id) (\(block.block.name))",
          found: "axes " + names.prefix(8).map { $0.prefix(40) }.joined(separator: ", ")
            + (names.count > 8 ? " and \(names.count - 8) more" : ""))
      }
    }
  }
}
