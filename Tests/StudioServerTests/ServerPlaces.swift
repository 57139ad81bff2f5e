import Synchronization

/// Places for servers in the test process. Tests that find none wait, without a thread.
///
/// All tests begin at once. Each server and its clients hold some ten descriptors, and Foundation's `Process.run` has
/// crashed in a process that had more than about 1,500.
final class ServerPlaces: Sendable {
  static let shared = ServerPlaces(count: 8)

  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }
  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(free: count)) }

  /// Waits for a place, in the order of asking.
  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free == 0 {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  /// Gives a place back, or hands it on.
  func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
