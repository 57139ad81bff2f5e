import FeatureGeneration
import Foundation
import OutputFiles
import Synchronization

/// Ends the process cleanly on Ctrl-C and its kin: unfinished output goes, old output stays.
final class Interruption {
  private static let isUnderWay = Atomic(false)

  /// Never returns once a signal is being handled: what fails then, fails because of it, and the handler has the word.
  static func giveWay() {
    while isUnderWay.load(ordering: .relaxed) { pause() }
  }

  private let sources: [any DispatchSourceSignal]

  /// Watches for signals as long as the object lives.
  ///
  /// - Parameter message: what a signal means for the output.
  init(_ message: String = "interrupted; nothing was written") {
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Self.isUnderWay.store(true, ordering: .relaxed)
        UnfinishedOutput.discardAll()
        Terminal.writeError("\nerror: \(message)\n")
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
  }
}
