import Foundation
import Synchronization

/// The threads that compute. Neither the server's event loops nor Swift's own pool ever wait for a computation.
final class Engine: Sendable {
  /// For single answers: features of a recording, slices, long JSON.
  private let answers: WorkerThreads
  /// For long work, one piece at a time.
  private let jobs: WorkerThreads
  /// What recordings are.
  let shelf = RecordingShelf()
  /// Threads that one generation may use.
  let threads: Int

  init(threads: Int) {
    self.threads = max(1, threads)
    answers = WorkerThreads(count: max(2, threads), name: "answers")
    jobs = WorkerThreads(count: 1, name: "jobs")
  }

  /// Runs `body` on a thread for answers.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await answers.run(body)
  }

  /// Runs `body` on the thread for long work, after what was asked for before.
  func runJob<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await jobs.run(body)
  }

  /// Ends all threads once their work is done.
  func stop() {
    answers.stop()
    jobs.stop()
  }
}
