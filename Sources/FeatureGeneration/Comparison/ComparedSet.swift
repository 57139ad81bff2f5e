import Datasets
import NumPyFiles

/// One of the two sets of a comparison, open.
final class ComparedSet {
  let files: FeatureSetFiles
  let x: NumPyRows
  let y: NumPyRows?
  let description: FeatureSetDescription

  /// Windows: the first dimension.
  var rows: Int { x.header.rowCount }
  /// Features of a window: all other dimensions.
  var columns: Int { x.header.rowWidth }

  /// - Throws: `NumPyError` and `DatasetError`.
  init(_ files: FeatureSetFiles) throws {
    self.files = files
    x = try NumPyRows(path: files.x)
    guard x.header.shape.count >= 2 else {
      throw NumPyError(
        reason: .malformed, file: files.x, expected: "windows × features", found: "shape \(x.header.shape)")
    }
    guard x.header.rowWidth <= Self.mostColumns else {
      throw NumPyError(
        reason: .malformed, file: files.x, expected: "at most \(Self.mostColumns) features a window",
        found: "\(x.header.rowWidth)")
    }
    y = try files.y.map { (path) throws(NumPyError) in try NumPyRows(path: path) }
    description = try FeatureSetDescription(files)
    guard let y, let path = files.y else { return }
    guard y.header.shape.count == 2, y.header.rowWidth == 4, y.header.elementType.kind != .float else {
      throw NumPyError(
        reason: .malformed, file: path,
        expected: "whole numbers, windows × 4 (label number, sample id, start ms, end ms)",
        found: "'\(y.header.elementType.descriptor)' of shape \(y.header.shape)")
    }
  }

  /// As many as a window has rows.
  private static let mostColumns = 1 << 24

  /// Values of a block of rows that is read at a time.
  static let blockValues = 1 << 18

  /// As Float: what Studio hands out; wider files are rounded to it.
  func read(rows first: Int, count: Int, into output: UnsafeMutablePointer<Float>) throws(NumPyError) {
    if Float.canHold(x.header.elementType) { return try x.read(rows: first, count: count, into: output) }
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(1, count * columns))
    defer { room.deallocate() }
    guard let base = room.baseAddress else { return }
    try x.read(rows: first, count: count, into: base)
    for index in 0..<count * columns { output[index] = Float(room[index]) }
  }

  /// One row.
  func row(_ index: Int) throws(NumPyError) -> [Float] {
    let room = UnsafeMutableBufferPointer<Float>.allocate(capacity: max(1, columns))
    defer { room.deallocate() }
    guard let base = room.baseAddress else { return [] }
    try read(rows: index, count: 1, into: base)
    return Array(room.prefix(columns))
  }

  /// Which window a row is; nil without y.
  func window(_ row: Int) throws(NumPyError) -> WindowKey? {
    guard let y, row < y.header.rowCount else { return nil }
    let room = UnsafeMutablePointer<Double>.allocate(capacity: 4)
    defer { room.deallocate() }
    try y.read(rows: row, count: 1, into: room)
    return WindowKey(room)
  }
}

/// A row of y.
struct WindowKey: Sendable, Hashable {
  var label: Int
  var sample: Int
  var startMs: Int
  var endMs: Int

  /// Four numbers of a y file; its types hold nothing that is not whole.
  init(_ values: UnsafePointer<Double>) {
    func whole(_ place: Int) -> Int { Int(exactly: values[place]) ?? 0 }
    (label, sample, startMs, endMs) = (whole(0), whole(1), whole(2), whole(3))
  }
}
