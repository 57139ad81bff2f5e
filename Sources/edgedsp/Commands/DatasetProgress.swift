import Foundation

/// A line on a terminal that is redrawn; nothing elsewhere.
final class DatasetProgress: @unchecked Sendable {
  private let isShown: Bool
  private let verb: String
  private var shown = DispatchTime.now().uptimeNanoseconds
  private var width = 0

  /// - Parameter verb: such as `read`.
  init(_ verb: String, isTerminal: Bool = Terminal.showsProgress) {
    self.verb = verb
    isShown = isTerminal
  }

  /// Called by one thread at a time.
  func show(_ count: Int, of total: Int, detail: String = "") {
    let now = DispatchTime.now().uptimeNanoseconds
    guard isShown, now - shown > 100_000_000 else { return }
    shown = now
    let line = "\(Quantity.grouped(count)) of \(Quantity.grouped(total)) recordings \(verb)\(detail)"
    Terminal.writeError("\r" + line + String(repeating: " ", count: max(0, width - line.count)))
    width = line.count
  }

  /// Removes the line.
  func finish() {
    if width > 0 { Terminal.writeError("\r" + String(repeating: " ", count: width) + "\r") }
    width = 0
  }
}
