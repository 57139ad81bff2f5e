import NumPyFiles

/// Rows of a feature set that a forest is grown from, in an order that does not depend on that of the files.
///
/// A window is known by its recording and its start, columns 1 and 2 of y. A hash of these decides which windows are
/// taken where there are too many, and in which order they are kept: the same windows in another order give the same
/// sample.
struct ImportanceSample {
  /// Label of each row, from 0.
  let classes: [Int32]
  /// Names of the labels that have rows.
  let labels: [String]
  /// Features of a row.
  let columns: Int
  /// `rows * columns` values, column after column.
  let values: UnsafeMutableBufferPointer<Float>

  var rows: Int { classes.count }

  /// Fewest rows that a label keeps, if it has them, however rare it is, and as long as all labels find room so.
  private static let fewestRows = 20

  private struct Row {
    var hash: UInt64
    var place: Int
    var label: Int32

    /// Rows of one hash, which other programs may write, keep the order of the file.
    static func precedes(_ a: Row, _ b: Row) -> Bool { a.hash != b.hash ? a.hash < b.hash : a.place < b.place }
  }

  /// Takes a sample of memory that it owns; `deallocate` gives it back.
  ///
  /// - Parameters:
  ///   - x: a `.npy` file of windows times features.
  ///   - y: a `.npy` file of as many rows: label number from 1, recording, start, end.
  ///   - labels: names by label number.
  ///   - mostRows: about as many rows are taken; a few more where labels are rare.
  init(x: String, y: String, labels: [String], mostRows: Int, mostValues: Int, seed: UInt64) throws {
    let features = try NumPyRows(path: x)
    let targets = try NumPyRows(path: y)
    let shape = features.header.shape
    guard shape.count == 2, targets.header.shape.count == 2, targets.header.shape[1] >= 3,
      targets.header.shape[0] == shape[0]
    else {
      throw AnalysisError(
        .unsuited,
        "features of shape \(shape) and labels of shape \(targets.header.shape) do not belong together; "
          + "expected (windows, features) and (windows, 4)")
    }
    guard shape[0] > 0, shape[1] > 0 else { throw AnalysisError(.unsuited, "there are no features") }
    let most = max(2, min(mostRows, mostValues / shape[1]))
    let chosen = try Self.choose(targets, labelCount: labels.count, most: most, seed: seed)
    let used = Set(chosen.map(\.label)).sorted()
    guard used.count >= 2 else {
      let found = used.first.map { "only \(labels[Int($0)].debugDescription)" } ?? "none"
      throw AnalysisError(.unsuited, "feature importance needs windows of at least two labels; found \(found)")
    }
    self.labels = used.map { labels[Int($0)] }
    let number = Dictionary(uniqueKeysWithValues: zip(used, Int32(0)...))
    classes = chosen.map { number[$0.label] ?? 0 }
    columns = shape[1]
    values = .allocate(capacity: chosen.count * columns)
    do {
      try Self.read(chosen, of: features, into: values)
    } catch {
      values.deallocate()
      throw error
    }
  }

  func deallocate() { values.deallocate() }

  /// The rows, by hash. Windows without a label, number 0, are no part of it.
  private static func choose(_ targets: NumPyRows, labelCount: Int, most: Int, seed: UInt64) throws -> [Row] {
    // 1. How many windows each label has.
    var counts = [Int](repeating: 0, count: labelCount)
    try forEachTarget(targets) { _, label, _, _ in
      if label > labelCount || label < 0 {
        throw AnalysisError(.unsuited, "a window has label number \(label), and there are \(labelCount) labels")
      }
      if label > 0 { counts[label - 1] += 1 }
    }
    let total = counts.reduce(0, +)
    // 2. The share of each: all of them, or in proportion.
    let fewest = max(1, min(fewestRows, most / max(1, labelCount)))
    let shares = counts.map { total <= most ? $0 : min($0, max(fewest, $0 * most / total)) }
    // 3. The windows of the smallest hashes.
    var chosen = [[Row]](repeating: [], count: labelCount)
    try forEachTarget(targets) { place, label, recording, start in
      if label == 0 { return }
      let identity = UInt64(UInt32(bitPattern: recording)) << 32 | UInt64(UInt32(bitPattern: start))
      let row = Row(hash: SplitMix64.mix(identity ^ seed), place: place, label: Int32(label - 1))
      chosen[label - 1].append(row)
      if chosen[label - 1].count >= 2 * shares[label - 1] + 1024 { prune(&chosen[label - 1], to: shares[label - 1]) }
    }
    for label in chosen.indices { prune(&chosen[label], to: shares[label]) }
    return chosen.joined().sorted(by: Row.precedes)
  }

  private static func prune(_ rows: inout [Row], to count: Int) {
    if rows.count <= count { return }
    rows.sort(by: Row.precedes)
    rows.removeLast(rows.count - count)
  }

  private static func forEachTarget(
    _ targets: NumPyRows, _ body: (_ place: Int, _ label: Int, _ recording: Int32, _ start: Int32) throws -> Void
  ) throws {
    let (rows, width) = (targets.header.shape[0], targets.header.shape[1])
    let step = max(1, min(rows, (1 << 16) / width))
    var part = [Int32](repeating: 0, count: step * width)
    var first = 0
    while first < rows {
      let count = min(step, rows - first)
      try part.withUnsafeMutableBufferPointer { part in
        if let base = part.baseAddress { try targets.read(rows: first, count: count, into: base) }
      }
      for index in 0..<count {
        try body(first + index, Int(part[index * width]), part[index * width + 1], part[index * width + 2])
      }
      first += count
    }
  }

  /// Reads in the order of the file, and puts each row into its place.
  private static func read(_ chosen: [Row], of features: NumPyRows, into values: UnsafeMutableBufferPointer<Float>)
    throws
  {
    let columns = features.header.shape[1]
    let order = chosen.indices.sorted { chosen[$0].place < chosen[$1].place }
    let row = UnsafeMutablePointer<Float>.allocate(capacity: columns)
    defer { row.deallocate() }
    for index in order {
      try features.read(rows: chosen[index].place, count: 1, into: row)
      for column in 0..<columns { values[column * chosen.count + index] = row[column] }
    }
  }
}
