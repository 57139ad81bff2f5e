import DSPKernels

/// Finds stretches of rows that recordings of two categories have in common, wherever they lie.
///
/// Every stretch of 32 rows has a number; those whose number ends in enough zero bits are remembered with their
/// recording, whatever recording they are in, so a shared stretch is remembered on both sides. Memory is bounded: when
/// the table is full, twice as many zero bits are asked for. Stretches of fewer than four different rows (a sensor at
/// rest) do not count.
struct SharedRows {
  static let length = 32
  private static let mostMarks = 1 << 20
  /// Fewer common marks may be chance.
  static let fewest = 3

  /// The recordings that a mark was seen in, one a category.
  private struct Mark {
    var first: Int
    var second: Int?
  }

  private var marks: [UInt64: Mark] = [:]
  private var mask: UInt64 = 15
  /// Rows that a mark stands for, on average.
  var rowsPerMark: Int { Int(mask) + 1 }
  private let categories: [Int]

  // The recording at hand.
  private var recording = 0
  private var ring = [UInt64](repeating: 0, count: length)
  private var rows = 0
  private var sum: UInt64 = 0

  /// `multiplier` to the power of `length`: takes the oldest row out of the sum.
  private static let multiplier: UInt64 = 0x5851_F42D_4C95_7F2D
  private static let oldest: UInt64 = (0..<length).reduce(1) { power, _ in power &* multiplier }

  /// - Parameter categories: of each recording, a number.
  init(categories: [Int]) { self.categories = categories }

  mutating func begin(_ recording: Int) {
    self.recording = recording
    rows = 0
    sum = 0
  }

  /// Takes the next rows of the recording, `width` values each.
  mutating func add(_ values: UnsafePointer<Double>, rows count: Int, width: Int) {
    for row in 0..<count {
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      for column in 0..<width {
        hash = (hash ^ values[row * width + column].bitPattern) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
      }
      let place = rows % Self.length
      sum = sum &* Self.multiplier &+ hash
      if rows >= Self.length { sum &-= ring[place] &* Self.oldest }
      ring[place] = hash
      rows += 1
      if rows >= Self.length { note() }
    }
  }

  private mutating func note() {
    var mixed = (sum ^ (sum >> 31)) &* 0xC4CE_B9FE_1A85_EC53
    mixed ^= mixed >> 29
    guard mixed & mask == 0, Set(ring).count >= 4 else { return }
    if let mark = marks[mixed] {
      if mark.second == nil && categories[mark.first] != categories[recording] { marks[mixed]?.second = recording }
      return
    }
    marks[mixed] = Mark(first: recording)
    while marks.count > Self.mostMarks {
      mask = mask << 1 | 1
      marks = marks.filter { $0.key & mask == 0 }
    }
  }

  /// Pairs of recordings of different categories with common rows, most first.
  var pairs: [(first: Int, second: Int, rows: Int)] {
    var counts: [[Int]: Int] = [:]
    for mark in marks.values {
      if let second = mark.second { counts[[mark.first, second], default: 0] += 1 }
    }
    return counts.filter { $0.value >= Self.fewest }
      .map { (first: $0.key[0], second: $0.key[1], rows: $0.value * rowsPerMark) }
      .sorted { $0.rows != $1.rows ? $0.rows > $1.rows : ($0.first, $0.second) < ($1.first, $1.second) }
  }
}
