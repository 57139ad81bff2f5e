import Foundation
import Synchronization

/// Threads of the server's own with one queue, first come, first served.
final class WorkerThreads: @unchecked Sendable {
  private let condition = NSCondition()
  private var pending: [@Sendable () -> Void] = []
  private var next = 0
  private var hasStopped = false

  /// Deep enough for decoders of nested JSON.
  private static let stackSize = 4 << 20

  init(count: Int, name: String) {
    for index in 0..<count {
      let thread = Thread { [self] in work() }
      thread.name = "\(name) \(index)"
      thread.stackSize = Self.stackSize
      thread.start()
    }
  }

  /// Adds a piece of work. After `stop` it runs on the calling thread.
  func enqueue(_ body: @escaping @Sendable () -> Void) {
    condition.lock()
    let isStopped = hasStopped
    if !isStopped { pending.append(body) }
    condition.signal()
    condition.unlock()
    if isStopped { body() }
  }

  /// Runs `body` on one of the threads and waits without holding the caller's.
  ///
  /// - Throws: what `body` does; `CancellationError` where the task is cancelled before it has begun, so that a server
  ///   that has to end does not work off what waits.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    let isCancelled = Atomic(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue {
          if isCancelled.load(ordering: .relaxed) { return continuation.resume(throwing: CancellationError()) }
          continuation.resume(with: Swift.Result(catching: body))
        }
      }
    } onCancel: {
      isCancelled.store(true, ordering: .relaxed)
    }
  }

  /// Whether the threads have been told to end.
  var isStopped: Bool {
    condition.lock()
    defer { condition.unlock() }
    return hasStopped
  }

  /// Lets the threads end when nothing is left to do.
  func stop() {
    condition.lock()
    hasStopped = true
    condition.broadcast()
    condition.unlock()
  }

  private func work() {
    while let body = take() { body() }
  }

  private func take() -> (@Sendable () -> Void)? {
    condition.lock()
    defer { condition.unlock() }
    while next == pending.count {
      if hasStopped { return nil }
      condition.wait()
    }
    let body = pending[next]
    next += 1
    if next == pending.count {
      pending.removeAll(keepingCapacity: true)
      next = 0
    } else if next > 1024 {
      pending.removeFirst(next)
      next = 0
    }
    return body
  }
}

/// Runs an actor on a thread of its own, so that it may wait for disks.
final class ThreadExecutor: SerialExecutor {
  private let thread: WorkerThreads

  init(name: String) { thread = WorkerThreads(count: 1, name: name) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    thread.enqueue { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
  }

  /// Lets the thread end.
  func stop() { thread.stop() }
}
