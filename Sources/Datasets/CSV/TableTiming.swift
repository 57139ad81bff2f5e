/// What the timestamps of a recording say about its interval.
struct TableTiming {
  let format: TableOptions.TimestampFormat
  private let origin: TableInstant
  /// Milliseconds of a unit of `note(value:)`.
  private let unitMs: Double
  /// Numbers beyond it may be out of a timestamp's range, which only reading them as one tells.
  let plainLimit: Double
  private var first = 0.0
  private var last = 0.0
  /// What passing midnight adds.
  private var days = 0.0
  private var count = 0

  init(_ head: TableHead, _ options: TableOptions) {
    format = options.timestampFormat
    origin = head.firstInstant ?? .zero
    switch options.timestampFormat {
    case .milliseconds: unitMs = 1
    case .seconds: unitMs = 1000
    case .microseconds: unitMs = 1e-3
    case .nanoseconds, .dateTime, .clock: unitMs = 1e-6
    }
    plainLimit = format == .milliseconds ? .infinity : 9e12 / unitMs
  }

  /// A timestamp for `note(value:)`: the number itself, or nanoseconds since the file's first.
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

  /// Takes in the next timestamp.
  mutating func note(_ instant: TableInstant) { note(value: value(instant)) }

  /// Takes in the next timestamp, in the file's unit.
  @inline(__always)
  mutating func note(value: Double) {
    if count == 0 { first = value }
    if format == .clock {
      let day = Double(TableInstant.nanosecondsOfDay)
      if value + days < last - day / 2 { days += day }
      last = value + days
    } else {
      last = value
    }
    count += 1
  }

  /// The average interval in ms where it differs from `intervalMs` by more than 1 %.
  func oddAverage(intervalMs: Double) -> Double? {
    if count < 2 { return nil }
    let average = (last - first) * unitMs / Double(count - 1)
    return abs(average - intervalMs) > 0.01 * intervalMs ? average : nil
  }
}
