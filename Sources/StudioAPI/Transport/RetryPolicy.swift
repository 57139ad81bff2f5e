import Foundation

/// How often and after which pauses a call is tried again.
///
/// Only calls that do no harm twice are: after a broken connection, status 429 and 500, 502, 503, 504. The pause
/// doubles from one attempt to the next and is drawn at random from its upper half, so that clients do not come back
/// together. A server that names a time is believed.
public struct RetryPolicy: Sendable, Equatable {
  /// Attempts in all; 1 means none is repeated. Default 4.
  public var attempts: Int
  /// Longest first pause, in seconds. Default 0.5.
  public var firstPause: Double
  /// Longest pause, in seconds. Default 30.
  public var longestPause: Double
  /// Longest pause that a server may ask for, in seconds; beyond it the call fails at once. Default 120.
  public var longestRetryAfter: Double

  /// Creates a policy.
  public init(
    attempts: Int = 4, firstPause: Double = 0.5, longestPause: Double = 30, longestRetryAfter: Double = 120
  ) {
    self.attempts = attempts
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.longestRetryAfter = longestRetryAfter
  }

  /// Seconds to wait after a failed attempt; nil when there is to be no other.
  ///
  /// - Parameters:
  ///   - attempt: Number of the failed attempt, from 1.
  ///   - draw: Between 0 and 1.
  func pause(after error: StudioError, attempt: Int, draw: Double) -> Double? {
    guard attempt < attempts else { return nil }
    switch error.kind {
    case .unreachable, .interrupted, .truncated: break
    case .limited: break
    case .server where [500, 502, 503, 504].contains(error.status): break
    default: return nil
    }
    if let asked = error.retryAfter { return asked <= longestRetryAfter ? asked : nil }
    let longest = min(longestPause, firstPause * pow(2, Double(min(attempt - 1, 60))))
    return max(0, longest * (0.5 + 0.5 * draw))
  }
}

/// The header `Retry-After`.
enum RetryAfter {
  /// Seconds from `now`: digits, or a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
  static func seconds(_ text: String, now: Date = Date()) -> Double? {
    let text = text.trimmingCharacters(in: .whitespaces)
    if !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return Double(text) }
    let parts = text.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "," })
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard parts.count == 8, parts[7] == "GMT", let month = months.firstIndex(of: String(parts[2])) else { return nil }
    let numbers = [parts[1], parts[3], parts[4], parts[5], parts[6]].compactMap { Int32($0) }
    guard numbers.count == 5, (1...31).contains(numbers[0]), (1970...9999).contains(numbers[1]),
      (0...23).contains(numbers[2]), (0...59).contains(numbers[3]), (0...60).contains(numbers[4])
    else { return nil }
    var time = tm()
    time.tm_mday = numbers[0]
    time.tm_mon = Int32(month)
    time.tm_year = numbers[1] - 1900
    time.tm_hour = numbers[2]
    time.tm_min = numbers[3]
    time.tm_sec = numbers[4]
    return max(0, Double(timegm(&time)) - now.timeIntervalSince1970)
  }
}
