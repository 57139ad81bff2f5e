/// A timestamp. Differences of two keep nanoseconds, however far from zero both are.
struct TableInstant: Sendable, Equatable {
  /// Whole nanoseconds.
  var nanoseconds: Int64 = 0
  /// What is left of them; for milliseconds, which the rules subtract as doubles, all there is.
  var rest = 0.0

  static let zero = TableInstant()
  static let nanosecondsOfDay: Int64 = 86_400_000_000_000

  private init() {}

  /// Reads all of `field`; nil for anything that is not of the format, or out of range (292 years around 1970).
  init?(_ field: UnsafeBufferPointer<UInt8>, format: TableOptions.TimestampFormat) {
    let text = TableNumber.trimmed(field)
    switch format {
    case .milliseconds:
      guard case .number(let value) = TableNumber.read(text) else { return nil }
      self.init()
      rest = value
    case .seconds: self.init(text, decimals: 9)
    case .microseconds: self.init(text, decimals: 3)
    case .nanoseconds: self.init(text, decimals: 0)
    case .dateTime: self.init(dateTime: text)
    case .clock: self.init(clock: text)
    }
  }

  /// Milliseconds from `earlier` to this one.
  func milliseconds(since earlier: TableInstant, format: TableOptions.TimestampFormat) -> Double {
    if format == .milliseconds { return rest - earlier.rest }
    var (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    if overflow { return (Double(nanoseconds) - Double(earlier.nanoseconds)) / 1e6 }
    // Midnight lies between them.
    if format == .clock, difference < 0 { difference += Self.nanosecondsOfDay }
    return (Double(difference) + (rest - earlier.rest)) / 1e6
  }

  /// A number with a unit of 10^decimals nanoseconds.
  private init?(_ text: UnsafeBufferPointer<UInt8>, decimals: Int) {
    guard case .number(let value) = TableNumber.read(text) else { return nil }
    let isNegative = text.first == UInt8(ascii: "-")
    let body = text.dropFirst(isNegative || text.first == UInt8(ascii: "+") ? 1 : 0)
    var scan = Digits(UnsafeBufferPointer(rebasing: body))
    if let whole = scan.integer(), var nanoseconds = Self.scaled(whole, decimals) {
      if scan.skip(UInt8(ascii: ".")) || scan.skip(UInt8(ascii: ",")) {
        guard let (fraction, rest) = scan.fraction(decimals) else { return nil }
        let (sum, overflow) = nanoseconds.addingReportingOverflow(fraction)
        if overflow { return nil }
        nanoseconds = sum
        self.rest = isNegative ? -rest : rest
      }
      if scan.isAtEnd {
        self.nanoseconds = isNegative ? -nanoseconds : nanoseconds
        return
      }
    }
    // Exponents, and what has no digit before its point.
    let unit = Double(Self.scaled(1, decimals) ?? 1)
    guard let rounded = Int64(exactly: (value * unit).rounded()) else { return nil }
    nanoseconds = rounded
    rest = 0
  }

  private static func scaled(_ value: Int64, _ decimals: Int) -> Int64? {
    let (product, overflow) = value.multipliedReportingOverflow(by: Int64(JSONNumber.integerPowers[decimals]))
    return overflow ? nil : product
  }

  /// `2024-05-01T12:00:00.25+02:00`. Seconds, their decimals and the zone may be missing.
  private init?(dateTime text: UnsafeBufferPointer<UInt8>) {
    var scan = Digits(text)
    guard let year = scan.integer(exactly: 4), scan.skip(UInt8(ascii: "-")), let month = scan.integer(exactly: 2),
      scan.skip(UInt8(ascii: "-")), let day = scan.integer(exactly: 2), 1...12 ~= month,
      1...Self.days(of: month, year) ~= day,
      scan.skip(UInt8(ascii: "T")) || scan.skip(UInt8(ascii: "t")) || scan.skip(UInt8(ascii: " ")),
      let time = scan.time(hours: 0...23, needsSeconds: false)
    else { return nil }
    var zone: Int64 = 0
    if !(scan.skip(UInt8(ascii: "Z")) || scan.skip(UInt8(ascii: "z"))) {
      let isWest = scan.skip(UInt8(ascii: "-"))
      if isWest || scan.skip(UInt8(ascii: "+")) {
        guard let hours = scan.integer(exactly: 2), hours < 24 else { return nil }
        var minutes: Int64 = 0
        if scan.skip(UInt8(ascii: ":")) || !scan.isAtEnd {
          guard let value = scan.integer(exactly: 2), value < 60 else { return nil }
          minutes = value
        }
        zone = (hours * 60 + minutes) * (isWest ? -60 : 60)
      }
    }
    guard scan.isAtEnd else { return nil }
    let seconds = Self.dayNumber(year, month, day) * 86_400 - zone
    guard let days = Self.scaled(seconds, 9) else { return nil }
    let (sum, overflow) = days.addingReportingOverflow(time.nanoseconds)
    if overflow { return nil }
    nanoseconds = sum
    rest = time.rest
  }

  /// `12:00:00.25`.
  private init?(clock text: UnsafeBufferPointer<UInt8>) {
    var scan = Digits(text)
    guard let time = scan.time(hours: 0...99, needsSeconds: true), scan.isAtEnd else { return nil }
    (nanoseconds, rest) = time
  }

  private static func days(of month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 in the Gregorian calendar. The year begins in March here, so that the leap day is its last.
  private static func dayNumber(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month > 2 ? year : year - 1
    let era = year >= 0 ? year / 400 : (year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Cuts a timestamp into numbers.
private struct Digits {
  private let text: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  var isAtEnd: Bool { index == text.count }

  private var digit: Int64? {
    guard index < text.count, case let digit = text[index] &- UInt8(ascii: "0"), digit <= 9 else { return nil }
    return Int64(digit)
  }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index += 1
    return true
  }

  /// A number of `length` digits, or of as many as there are; nil without any, or beyond 64 bits.
  mutating func integer(exactly length: Int? = nil) -> Int64? {
    var value: Int64 = 0
    let start = index
    while length.map({ index - start < $0 }) ?? true, let digit {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
      index += 1
    }
    return index == start || length.map({ index - start != $0 }) ?? false ? nil : value
  }

  /// Decimals as an integer of `count` digits, and what is left as a fraction of one.
  mutating func fraction(_ count: Int) -> (Int64, Double)? {
    var value: Int64 = 0
    for _ in 0..<count {
      value *= 10
      if let digit {
        value += digit
        index += 1
      }
    }
    var rest = 0.0
    var weight = 0.1
    while let digit {
      rest += Double(digit) * weight
      weight /= 10
      index += 1
    }
    return (value, rest)
  }

  mutating func time(
    hours range: ClosedRange<Int64>, needsSeconds: Bool
  ) -> (nanoseconds: Int64, rest: Double)? {
    guard let hours = integer(exactly: 2), range ~= hours, skip(UInt8(ascii: ":")),
      let minutes = integer(exactly: 2), minutes < 60
    else { return nil }
    var seconds = (hours * 60 + minutes) * 60
    var fraction: (Int64, Double) = (0, 0)
    if skip(UInt8(ascii: ":")) {
      // 60 is a leap second.
      guard let value = integer(exactly: 2), value <= 60 else { return nil }
      seconds += value
      if skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) {
        guard digit != nil, let value = self.fraction(9) else { return nil }
        fraction = value
      }
    } else if needsSeconds {
      return nil
    }
    return (seconds * 1_000_000_000 + fraction.0, fraction.1)
  }
}
