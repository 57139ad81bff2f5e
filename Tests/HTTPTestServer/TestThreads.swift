import Foundation

/// Threads for tests, apart from the pool that all asynchronous code of the process shares.
///
/// The pool has a thread for each core, and hands out work in the order in which it came. A test that waits in it for a
/// process, or computes for long, keeps a core's thread; answers and timers of other tests come up behind all tests
/// that have not begun. Tests that wait run here instead, and so do those that must go on when an answer comes.
package final class TestThreads: TaskExecutor {
  /// For tests that wait for processes: as many at a time as there are cores.
  package static let waiting = TestThreads(count: max(2, ProcessInfo.processInfo.activeProcessorCount))
  /// For tests that talk to servers, which never wait without giving their thread back.
  package static let talking = TestThreads(count: 4)

  private let queue = OperationQueue()

  private init(count: Int) { queue.maxConcurrentOperationCount = count }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
