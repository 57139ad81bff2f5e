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

  /// What a signal that is watched did before.
  private struct Watched {
    let number: Int32
    let old: sigaction
    let source: any DispatchSourceSignal
  }
  private let watched: [Watched]

  /// Watches for signals as long as the object lives. Those that the process was told to ignore, as `nohup` does with
  /// SIGHUP, stay ignored.
  ///
  /// - Parameters:
  ///   - message: what a signal means for the output.
  ///   - late: what it means once output is in place.
  init(_ message: String = "interrupted; nothing was written", late: String? = nil) {
    watched = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      var old = sigaction()
      guard sigaction(number, nil, &old) == 0, !Self.isIgnored(old) else { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Self.isUnderWay.store(true, ordering: .relaxed)
        let hasCommitted = UnfinishedOutput.discardAll()
        Terminal.writeError("\nerror: \(hasCommitted ? late ?? message : message)\n")
        _exit(128 + number)
      }
      source.resume()
      return Watched(number: number, old: old, source: source)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // The address 1 stands for "ignore": functions cannot be compared.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  deinit {
    for signal in watched {
      signal.source.cancel()
      var old = signal.old
      sigaction(signal.number, &old, nil)
    }
  }
}
