import Datasets

extension FeatureGenerator {
  /// Whether a recording can be used at all: all axes present, and few enough for windows in memory.
  func check(_ header: RecordingHeader, file: String) throws(DatasetError) {
    try checkKind(header, file: file)
    let names = header.sensors.map(\.name)
    let rows = blocks.first?.block.input.window.rows ?? 0
    if rows > SlabSize.mostValuesOfWindow / names.count {
      throw DatasetError(
        file: file, position: .acquisition("payload.sensors", in: file),
        expected: "at most \(SlabSize.mostValuesOfWindow / rows) axes for windows of \(rows) rows",
        found: "\(names.count) axes", kind: .unsupported)
    }
    let known = Set(names.map { ByteKey($0) })
    for block in blocks {
      for axis in block.block.axes where !known.contains(ByteKey(axis)) {
        throw DatasetError(
          file: file, position: .acquisition("payload.sensors", in: file),
          expected: "axis \(DatasetError.quoted(axis)) for block \(block.block.id) (\(block.block.name))",
          found: "axes " + names.prefix(8).map { DatasetError.quoted($0) }.joined(separator: ", ")
            + (names.count > 8 ? " and \(names.count - 8) more" : ""))
      }
    }
  }
}

extension DatasetError.Position {
  /// An entry of an acquisition file; nothing for files of other formats, which have no such entry.
  static func acquisition(_ entry: String, in file: String) -> DatasetError.Position {
    let name = file.lowercased()
    return name.hasSuffix(".json") || name.hasSuffix(".cbor") ? .entry(entry) : .none
  }
}
