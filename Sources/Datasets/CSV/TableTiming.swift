/// What the timestamps of a recording say about its interval.
struct TableTiming {
  let format: TableOptions.TimestampFormat
  private let origin: TableInstant
  /// Milliseconds of a unit of `note(value:line:)`.
  private let unitMs: Double
  /// Numbers beyond it may be out of a timestamp's range, which only reading them as one tells.
  let plainLimit: Double
  /// The interval in units of `note(value:line:)`.
  private let interval: Double
  private var first = 0.0
  private var last = 0.0
  /// What passing midnight adds.
  private var days = 0.0
  private var count = 0
  /// Steps that are half an interval longer or shorter than they should be, and the line of the first.
  private(set) var oddSteps = (count: 0, line: 0)

  init(_ head: TableHead, _ options: TableOptions) {
    format = options.timestampFormat
    origin = head.firstInstant ?? .zero
    switch options.timestampFormat {
    case .milliseconds: unitMs = 1
    case .seconds: unitMs = 1000
    case .microseconds: unitMs = 1e-3
    case .nanoseconds, .dateTime, .clock: unitMs = 1e-6
    }
    interval = head.intervalMs / unitMs
    plainLimit = format == .milliseconds ? .infinity : 9e12 / unitMs
  }

  /// A timestamp for `note(value:line:)`: the number itself, or nanoseconds since the file's first.
  @inline(__always)
  func value(_ instant: TableInstant) -> Double {
    switch format {
    case .milliseconds: return instant.rest
    case .seconds: return Double(instant.nanoseconds) / 1e9
    case .microseconds: return Double(instant.nanoseconds) / 1e3
    case .nanoseconds: return Double(instant.nanoseconds)
    case .dateTime, .clock:
      let (difference, overflow) = instant.nanoseconds.subtractingReportingOverflow(origin.nanoseconds)
      return overflow ? Double(instant.nanoseconds) - Double(origin.nanoseconds) : Double(difference)
    }
  }

  /// The next timestamp, and what passing midnight has added up to there.
  @inline(__always)
  private func unrolled(_ value: Double) -> (time: Double, days: Double) {
    if format != .clock { return (value, 0) }
    let day = Double(TableInstant.nanosecondsOfDay)
    let days = count > 0 && value + days < last - day / 2 ? days + day : days
    return (value + days, days)
  }

  /// Takes in the next timestamp, in the file's unit. False, without doing so, when time stands still or runs back.
  @inline(__always)
  mutating func note(value: Double, line: Int) -> Bool {
    let (time, days) = unrolled(value)
    if count == 0 {
      first = time
    } else {
      let step = time - last
      if !(step > 0) { return false }
      if abs(step - interval) > 0.5 * interval {
        if oddSteps.count == 0 { oddSteps.line = line }
        oddSteps.count += 1
      }
    }
    self.days = days
    last = time
    count += 1
    return true
  }

  /// How far the next timestamp lies before the last one, in ms.
  func setback(_ instant: TableInstant) -> Double { (last - unrolled(value(instant)).time) * unitMs }

  /// The average interval in ms where it differs from `intervalMs` by more than 1 %.
  func oddAverage(intervalMs: Double) -> Double? {
    if count < 2 { return nil }
    let average = (last - first) * unitMs / Double(count - 1)
    return abs(average - intervalMs) > 0.01 * intervalMs ? average : nil
  }
}
