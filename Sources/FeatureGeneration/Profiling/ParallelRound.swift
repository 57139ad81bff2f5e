import Dispatch
import EngineThreads
import Glibc
import Synchronization

/// A round on all threads at once, by the wall clock: first the fixed loop, then a block, each for the same time.
///
/// All threads begin together. Each half is all that its threads have done by the time until the last of them was
/// ready; so what else runs on the machine, and more threads than processors, slow both halves alike.
enum ParallelRound {
  /// What a round gives.
  struct Result {
    /// Threads that took part: fewer than asked for where the system gives no more.
    var threads: Int
    /// Microseconds of a fixed loop, of all threads together.
    var loop: Double
    /// Microseconds of a window, of all threads together.
    var window: Double
    /// Bytes by which the heap was larger at the end of the work than before.
    var heapGrowth: Int
  }

  private struct Totals {
    var loops = 0
    var windows = 0
    var loopsEnd = 0.0
    var windowsEnd = 0.0
    var heap = 0
  }

  /// What the threads share.
  private final class Board: Sendable {
    /// Threads so far, each of which gets its number.
    let threads = Atomic(0)
    /// Where threads wait for each other: a thousand that looked at a clock instead would take all processors.
    let gate = DispatchSemaphore(value: 0)
    /// Bits of the time at which all begin.
    let start = Atomic<UInt64>(0)
    let totals = Mutex(Totals())
  }

  /// - Parameters:
  ///   - seconds: of each half. What a thread has begun by then it ends; one that has not begun does not.
  ///   - step: does some work of the block, with memory of the thread's number, and returns how many windows it was.
  static func run(threads: Int, seconds: Double, step: @escaping @Sendable (_ thread: Int) -> Int) -> Result {
    let board = Board()
    let caller = pthread_self()
    let heap = ProcessMemory.heap
    let atWork = OwnThreads.run(threads) {
      let number = board.threads.add(1, ordering: .relaxed).oldValue
      // The caller comes last. It does at least one piece of everything.
      let isCaller = pthread_equal(caller, pthread_self()) != 0
      if isCaller {
        board.start.store(monotonicSeconds().bitPattern, ordering: .releasing)
        for _ in 1..<max(1, threads) { board.gate.signal() }
      } else {
        board.gate.wait()
      }
      let middle = Double(bitPattern: board.start.load(ordering: .acquiring)) + seconds
      var own = Totals()
      while monotonicSeconds() < middle || (isCaller && own.loops == 0) {
        Machine.runFixedLoop()
        own.loops += 1
        own.loopsEnd = monotonicSeconds()
      }
      while monotonicSeconds() < middle + seconds || (isCaller && own.windows == 0) {
        own.windows += step(number)
        own.windowsEnd = monotonicSeconds()
      }
      own.heap = isCaller ? ProcessMemory.heap : 0
      board.totals.withLock { [own] totals in
        totals.loops += own.loops
        totals.windows += own.windows
        totals.loopsEnd = max(totals.loopsEnd, own.loopsEnd)
        totals.windowsEnd = max(totals.windowsEnd, own.windowsEnd)
        totals.heap = max(totals.heap, own.heap)
      }
    }
    let totals = board.totals.withLock { $0 }
    let start = Double(bitPattern: board.start.load(ordering: .relaxed))
    func microseconds(_ end: Double, _ begin: Double, _ count: Int) -> Double {
      max(end - begin, 1e-9) * 1e6 / Double(max(1, count))
    }
    return Result(
      threads: atWork, loop: microseconds(totals.loopsEnd, start, totals.loops),
      window: microseconds(totals.windowsEnd, start + seconds, totals.windows),
      heapGrowth: max(0, totals.heap - heap))
  }
}
