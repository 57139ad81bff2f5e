/// Which span has the say for each row: of spans that overlap, the last in the list.
struct LabelCover {
  /// Consecutive rows that belong to one span.
  struct Piece {
    let start: Int
    /// Exclusive.
    let end: Int
    /// Index of the span in the list.
    let entry: Int
  }

  /// In row order, disjoint. Rows that no span holds are in none.
  private(set) var pieces: [Piece] = []
  private let spans: [LabelSpan]

  /// Spans that end before they start hold no row. Row `Int.max` is left out: no recording reaches it, and the row
  /// after it has no number.
  ///
  /// Between two neighbouring limits of spans nothing changes. The last span takes its places first, and `next`
  /// leads past the places that are taken, so that none is looked at twice.
  /// - Complexity: O(n log n) for n spans, however many rows they have.
  init(_ spans: [LabelSpan]) {
    self.spans = spans
    let held = spans.indices.filter { spans[$0].start <= spans[$0].end }
    let limits = Set(held.flatMap { [spans[$0].start, Self.end(spans[$0])] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: limits.enumerated().map { ($1, $0) })
    var owners = [Int?](repeating: nil, count: limits.count)
    var next = Array(0...limits.count)
    func free(from place: Int) -> Int {
      var last = place
      while next[last] != last { last = next[last] }
      var place = place
      while place != last { (next[place], place) = (last, next[place]) }
      return last
    }
    for entry in held.reversed() {
      guard let first = places[spans[entry].start], let end = places[Self.end(spans[entry])] else { continue }
      var place = free(from: first)
      while place < end {
        owners[place] = entry
        next[place] = place + 1
        place = free(from: place + 1)
      }
    }
    for (place, owner) in owners.enumerated().dropLast() {
      if let owner { pieces.append(Piece(start: limits[place], end: limits[place + 1], entry: owner)) }
    }
  }

  /// The first rows, from 0 on, that no span holds although a later row is held, and the span that follows them.
  var gap: (rows: ClosedRange<Int>, entry: Int)? {
    var row = 0
    for piece in pieces {
      if piece.start > row { return (row...piece.start - 1, piece.entry) }
      row = piece.end
    }
    return nil
  }

  /// The pieces as spans. Equal neighbours are one; an empty label stands for none, its rows are in no span.
  var labels: [LabelSpan] {
    var result: [LabelSpan] = []
    for piece in pieces where !spans[piece.entry].label.utf8.isEmpty {
      let label = spans[piece.entry].label
      if let last = result.last, last.end == piece.start - 1, ByteKey(last.label) == ByteKey(label) {
        result[result.count - 1].end = piece.end - 1
      } else {
        result.append(LabelSpan(start: piece.start, end: piece.end - 1, label: label))
      }
    }
    return result
  }

  private static func end(_ span: LabelSpan) -> Int { span.end < .max ? span.end + 1 : .max }
}

extension LabelSpan {
  /// The same labels as spans that are disjoint, in row order and as few as possible.
  ///
  /// Where spans overlap, the later one in the list wins. An empty label stands for none: rows that end up with it
  /// are in no span of the result. Rows that no span holds stay so. Spans without a row are left out.
  /// - Complexity: O(n log n) for n spans.
  public static func flattened(_ spans: [LabelSpan]) -> [LabelSpan] { LabelCover(spans).labels }
}
