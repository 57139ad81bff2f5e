import CSystemCalls
import Glibc

/// Threads of the engine's own.
///
/// It never computes on the Swift concurrency pool: there it would starve everything else in a process.
package enum OwnThreads {
  /// Processors that this process may run on, at least 1: fewer than the machine has under `taskset` or in a container
  /// with a set of processors of its own.
  package static var processors: Int {
    let usable = Int(system_usable_processors())
    return max(1, usable > 0 ? usable : sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  private final class Job {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Runs `body` on `count` threads, the calling one among them, and returns when all have ended.
  ///
  /// - Returns: how many took part: fewer than asked for where the system gives no more threads.
  @discardableResult
  package static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) -> Int {
    var threads: [pthread_t] = []
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 1 << 20)
    for _ in 1..<max(1, count) {
      let job = Unmanaged.passRetained(Job(body))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, &attributes,
        { argument in
          if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
          return nil
        }, job.toOpaque())
      if status != 0 {
        job.release()
        break
      }
      threads.append(thread)
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
    return threads.count + 1
  }
}
