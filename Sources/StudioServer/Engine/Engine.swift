import Datasets
import FeatureGeneration
import Foundation

/// The threads that compute, and what they have computed. Neither the server's event loops nor Swift's own pool ever
/// wait for a computation.
final class Engine: Sendable {
  /// For single answers: features of a recording, slices, long JSON.
  private let answers: WorkerThreads
  /// For long bodies of requests: one at a time, since decoding takes many times their memory.
  private let bodies: WorkerThreads
  /// For long work, one piece at a time.
  private let long: WorkerThreads
  /// What recordings are.
  let shelf = RecordingShelf()
  /// Features of recordings that were asked for.
  let features = FeatureCache()
  /// Measurements of blocks, by configuration.
  let profiles = BoundedCache<String, BlockProfile>(mostBytes: 1 << 20)
  /// Numbers of windows, by configuration and list of recordings.
  let forecasts = BoundedCache<String, Int>(mostBytes: 1 << 16)
  /// Threads that one generation may use.
  let threads: Int

  init(threads: Int) {
    self.threads = max(1, threads)
    answers = WorkerThreads(count: max(2, threads), name: "answers")
    bodies = WorkerThreads(count: 1, name: "bodies")
    long = WorkerThreads(count: 1, name: "jobs")
  }

  /// Runs `body` on a thread for answers.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await answers.run(body)
  }

  /// Runs `body` on the thread for long bodies, which keeps those for answers free.
  func takeApart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await bodies.run(body)
  }

  /// Runs `body` on the thread for long work, after what was asked for before.
  func startJob(_ body: @escaping @Sendable () -> Void) { long.enqueue(body) }

  /// Reads recordings before somebody asks for them: lists and forecasts then answer at once.
  func look(at entries: [DatasetEntry]) {
    let reader = Thread { [self] in
      for entry in entries {
        if answers.isStopped { return }
        _ = shelf.finding(entry)
      }
    }
    reader.name = "look"
    reader.stackSize = 4 << 20
    reader.start()
  }

  /// Ends all threads once their work is done.
  func stop() {
    answers.stop()
    bodies.stop()
    long.stop()
  }
}
