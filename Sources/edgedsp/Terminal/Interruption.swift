import FeatureGeneration
import Foundation
import OutputFiles
import Synchronization

/// Ends the process cleanly on Ctrl-C and its kin: unfinished output goes, old output stays.
final class Interruption {
  private static let isUnderWay = Atomic(false)
  private static let current = Mutex<(message: String, late: String?)?>(nil)

  /// Never returns once a signal is being handled: what fails then, fails because of it, and the handler has the word.
  static func giveWay() {
    while isUnderWay.load(ordering: .relaxed) { pause() }
  }

  /// What a signal that is watched did before.
  private let watched: [(number: Int32, old: sigaction)]

  /// Watches for signals as long as the object lives. Those that the process was told to ignore, as `nohup` does with
  /// SIGHUP, stay ignored. Where the system gives no thread to watch with, signals end the process as they always do,
  /// and the next run removes what is left behind.
  ///
  /// - Parameters:
  ///   - message: what a signal means for the output.
  ///   - late: what it means once output is in place.
  init(_ message: String = "interrupted; nothing was written", late: String? = nil) {
    Self.current.withLock { $0 = (message, late) }
    guard SignalMailbox.isWatched else {
      watched = []
      return
    }
    watched = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      var old = sigaction()
      guard sigaction(number, nil, &old) == 0, !Self.isIgnored(old) else { return nil }
      var new = sigaction()
      new.__sigaction_handler.sa_handler = { SignalMailbox.post($0) }
      new.sa_flags = SA_RESTART
      return sigaction(number, &new, nil) == 0 ? (number, old) : nil
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // The address 1 stands for "ignore": functions cannot be compared.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Ends the process because of a signal that has come.
  fileprivate static func end(by number: Int32) {
    guard let texts = current.withLock({ $0 }) else {
      // It came when nothing was watched any more, so it does what it did before.
      kill(getpid(), number)
      return
    }
    isUnderWay.store(true, ordering: .relaxed)
    let hasCommitted = UnfinishedOutput.discardAll()
    Terminal.writeError("\nerror: \(hasCommitted ? texts.late ?? texts.message : texts.message)\n")
    _exit(128 + number)
  }

  deinit {
    for signal in watched {
      var old = signal.old
      sigaction(signal.number, &old, nil)
    }
    Self.current.withLock { $0 = nil }
  }
}

/// Brings signals to a thread of its own, on which anything may be done.
///
/// A semaphore needs no descriptor. Dispatch's signal sources need several, and end the process where there are none.
private enum SignalMailbox {
  private static let number = Atomic<Int32>(0)
  /// Lives as long as the process: a handler may use it at any moment.
  private nonisolated(unsafe) static let semaphore: UnsafeMutablePointer<sem_t> = {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    return semaphore
  }()

  /// Whether the thread is there; starts it when first asked.
  static let isWatched: Bool = {
    // A handler must find it made.
    _ = semaphore
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { _ in
        SignalMailbox.watch()
        return nil
      }, nil)
    if status == 0 { pthread_detach(thread) }
    return status == 0
  }()

  /// For signal handlers: stores a number and wakes the thread, which is all that they may do.
  static func post(_ signal: Int32) {
    let code = errno
    number.store(signal, ordering: .relaxed)
    sem_post(semaphore)
    errno = code
  }

  private static func watch() {
    // A parent's mask must not keep them away: pools start processes from threads that block all signals.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    while true {
      if sem_wait(semaphore) == 0 { Interruption.end(by: number.load(ordering: .relaxed)) }
    }
  }
}
