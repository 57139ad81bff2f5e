import FeatureGeneration
import Foundation

/// Shows how far a generation is: a line that is redrawn on a terminal, one line every 10 % elsewhere,
/// once it takes longer than a few seconds.
final class ProgressDisplay: @unchecked Sendable {
  /// A log has no use for the progress of a run that is over before anybody looks.
  private static let silentSeconds = 5.0
  private let isTerminal: Bool
  private let started = DispatchTime.now().uptimeNanoseconds
  private var shown: UInt64 = 0
  private var tenths = 0
  private var width = 0

  init(isTerminal: Bool = Terminal.showsProgress) { self.isTerminal = isTerminal }

  /// Called by one thread at a time.
  func show(_ progress: GenerationProgress) {
    let now = DispatchTime.now().uptimeNanoseconds
    let share = progress.bytesTotal > 0 ? Double(progress.bytes) / Double(progress.bytesTotal) : 1
    let seconds = Double(now - started) / 1e9
    if isTerminal {
      guard now - shown > 100_000_000 else { return }
      shown = now
      let line = describe(progress, share: share, seconds: seconds)
      let blanks = String(repeating: " ", count: max(0, width - line.count))
      Terminal.writeError("\r" + line + blanks)
      width = line.count
    } else if seconds >= Self.silentSeconds && Int(share * 10) > tenths {
      tenths = Int(share * 10)
      Terminal.writeError(describe(progress, share: share, seconds: seconds) + "\n")
    }
  }

  /// Removes the line from a terminal.
  func finish() {
    if isTerminal && width > 0 { Terminal.writeError("\r" + String(repeating: " ", count: width) + "\r") }
  }

  private func describe(_ progress: GenerationProgress, share: Double, seconds: Double) -> String {
    let rate = seconds > 0 ? Int(Double(progress.windows) / seconds) : 0
    let left = share > 0 && share < 1 ? ", \(Quantity.duration(seconds / share - seconds)) left" : ""
    return "\(Int(share * 100)) %: \(progress.recordings) of \(progress.recordingsTotal) recordings, "
      + "\(Quantity.grouped(progress.windows)) windows, \(Quantity.grouped(rate)) windows/s\(left)"
  }
}
