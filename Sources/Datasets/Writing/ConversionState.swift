/// What the threads of a conversion share.
struct ConversionState {
  private(set) var written: Set<Int> = []
  private var failures: [Int: DatasetError] = [:]
  private var outputFailure: (any Error)?
  private var isStopped = false
  private var begun = 0
  private var rows = 0
  private var leftOut: [String: Int] = [:]
  private let count: Int
  private let keepsGoing: Bool

  init(count: Int, keepsGoing: Bool) {
    self.count = count
    self.keepsGoing = keepsGoing
  }

  /// The next recording; nil when there are no more, or work ends.
  mutating func next() -> Int? {
    guard begun < count, !isStopped else { return nil }
    begun += 1
    return begun - 1
  }

  /// - Returns: recordings done so far.
  mutating func note(_ index: Int, rows count: Int, leftOut parts: [String]) -> Int {
    written.insert(index)
    rows += count
    for part in parts { leftOut[part, default: 0] += 1 }
    return written.count
  }

  /// What goes wrong with the output or the system says nothing about a recording: leaving it out would lose good data.
  mutating func note(_ index: Int, failure error: any Error) {
    if let error = error as? DatasetError, error.kind != .system {
      failures[index] = error
      if !keepsGoing { isStopped = true }
    } else {
      outputFailure = outputFailure ?? error
      isStopped = true
    }
  }

  /// What ends the conversion as a whole.
  var failure: (any Error)? {
    if let outputFailure { return outputFailure }
    return keepsGoing ? nil : DatasetErrors(report.failures)
  }

  var report: DatasetConversion.Report {
    var report = DatasetConversion.Report()
    report.recordings = written.count
    report.rows = rows
    report.leftOut = leftOut.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    report.failures = failures.sorted { $0.key < $1.key }.map(\.value)
    return report
  }
}
