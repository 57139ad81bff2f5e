import Datasets
import NumPyFiles

/// Where each window of a set is, by sample id and start.
///
/// Windows of a recording lie behind each other in equal steps, so a recording is one entry, however many windows it
/// has: 10⁷ windows of 10⁴ recordings take half a megabyte. Rows in any other order work too, with up to an entry a
/// row; a set with more than `mostRuns` of them is refused instead of filling the memory.
struct WindowIndex {
  /// Windows of one recording in consecutive rows, `step` ms apart.
  struct Run {
    var sample: Int
    var row: Int
    var count: Int
    var startMs: Int
    /// 0 as long as there is one window.
    var step = 0

    var lastMs: Int { startMs + (count - 1) * step }

    /// The row of the window that starts at `start`; nil where the run has none.
    func row(ofStart start: Int) -> Int? {
      if start == startMs { return row }
      guard step > 0, start > startMs, start <= lastMs, (start - startMs) % step == 0 else { return nil }
      return row + (start - startMs) / step
    }
  }

  /// About 200 MB.
  static let mostRuns = 1 << 22

  /// In file order.
  private(set) var runs: [Run] = []
  /// Places in `runs`, by sample, in the order of their starts.
  private var places: [Int: [Int]] = [:]
  /// Lengths of windows in ms that occur, the first few.
  private(set) var sizes: Set<Int> = []
  /// Steps between windows in ms that occur, with how many windows have them, the first few.
  private(set) var steps: [Int: Int] = [:]

  /// - Throws: `NumPyError`, and `DatasetError` where the order of rows is too wild.
  init(_ set: ComparedSet, y: NumPyRows, file: String) throws {
    let block = 16_384
    let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: block * 4)
    defer { room.deallocate() }
    guard let base = room.baseAddress else { return }
    for first in stride(from: 0, to: y.header.rowCount, by: block) {
      let count = min(block, y.header.rowCount - first)
      try y.read(rows: first, count: count, into: base)
      for row in 0..<count { add(WindowKey(base + row * 4), row: first + row) }
      if runs.count > Self.mostRuns {
        throw DatasetError(
          file: file, position: .row(first), expected: "windows in the order of their recordings",
          found: "more than \(Self.mostRuns) jumps", kind: .unsupported)
      }
    }
    for (place, run) in runs.enumerated() {
      places[run.sample, default: []].append(place)
      if run.step > 0 && (steps[run.step] != nil || steps.count < 16) { steps[run.step, default: 0] += run.count }
    }
    for (sample, list) in places where list.count > 1 {
      places[sample] = list.sorted { runs[$0].startMs < runs[$1].startMs }
    }
  }

  private mutating func add(_ key: WindowKey, row: Int) {
    if sizes.count < 16 { sizes.insert(key.endMs - key.startMs) }
    if let last = runs.last, last.sample == key.sample {
      let step = key.startMs - last.lastMs
      if step > 0 && (last.step == 0 || last.step == step) {
        runs[runs.count - 1].step = step
        runs[runs.count - 1].count += 1
        return
      }
    }
    runs.append(Run(sample: key.sample, row: row, count: 1, startMs: key.startMs))
  }

  /// Windows and the last start of each recording.
  var extents: [Int: (count: Int, lastMs: Int)] {
    places.mapValues { list in
      (list.reduce(0) { $0 + runs[$1].count }, list.map { runs[$0].lastMs }.max() ?? 0)
    }
  }

  var samples: Dictionary<Int, [Int]>.Keys { places.keys }

  /// The most common step between windows.
  var commonStep: Int? { steps.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }?.key }

  /// Runs of a sample that interleave, at the most.
  private static let interleaved = 64

  /// The row of a window; nil where there is none.
  /// - Complexity: O(log runs of the sample), unless they interleave.
  func row(sample: Int, startMs: Int) -> Int? {
    guard let list = places[sample] else { return nil }
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if runs[list[middle]].startMs <= startMs { low = middle + 1 } else { high = middle }
    }
    for place in stride(from: low - 1, through: max(0, low - Self.interleaved), by: -1) {
      if let row = runs[list[place]].row(ofStart: startMs) { return row }
    }
    return nil
  }
}
