/// Which row of one set belongs to which row of the other.
struct RowAlignment {
  /// How rows were paired.
  enum Rule: String, Sendable, Encodable {
    case window = "sample id and window start"
    case order = "order"
  }

  /// Rows that follow each other in both sets.
  struct Segment {
    var local: Int
    var studio: Int
    var count: Int
  }

  let rule: Rule
  /// Rows of the local set that have a partner.
  private(set) var paired = 0
  /// Whether partners come in the same order in both.
  private(set) var keepsOrder = true
  let local: WindowIndex?
  let studio: WindowIndex?
  private let rows: Int

  /// Pairs rows by window where both sets have y and a sample in common, else by their order.
  init(local: WindowIndex?, studio: WindowIndex?, localRows: Int, studioRows: Int) {
    self.local = local
    self.studio = studio
    rows = min(localRows, studioRows)
    if let local, let studio {
      let known = Set(studio.samples)
      rule = local.samples.contains(where: known.contains) ? .window : .order
    } else {
      rule = .order
    }
    var next = 0
    var (count, isOrdered) = (0, true)
    forEach { segment in
      count += segment.count
      if segment.studio < next { isOrdered = false }
      next = segment.studio + segment.count
    }
    paired = count
    keepsOrder = isOrdered
  }

  /// Calls `body` with all pairs, in the order of the local set.
  ///
  /// - Complexity: O(windows · log runs); no memory.
  func forEach(_ body: (Segment) throws -> Void) rethrows {
    guard rule == .window, let local, let studio else {
      if rows > 0 { try body(Segment(local: 0, studio: 0, count: rows)) }
      return
    }
    var segment = Segment(local: 0, studio: 0, count: 0)
    for run in local.runs {
      for index in 0..<run.count {
        guard let other = studio.row(sample: run.sample, startMs: run.startMs + index * run.step) else { continue }
        let row = run.row + index
        if segment.count > 0, segment.local + segment.count == row, segment.studio + segment.count == other {
          segment.count += 1
          continue
        }
        if segment.count > 0 { try body(segment) }
        segment = Segment(local: row, studio: other, count: 1)
      }
    }
    if segment.count > 0 { try body(segment) }
  }
}

/// Keeps some of many things, spread evenly, without knowing how many will come.
struct SpreadSample<Element> {
  private(set) var elements: [Element] = []
  private let limit: Int
  private var stride = 1
  private var seen = 0

  /// - Parameter limit: at least 2.
  init(limit: Int) { self.limit = limit }

  mutating func add(_ element: @autoclosure () -> Element) {
    defer { seen += 1 }
    guard seen % stride == 0 else { return }
    if elements.count == limit {
      elements = elements.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
      stride *= 2
      if seen % stride != 0 { return }
    }
    elements.append(element())
  }
}
