import Synchronization

/// Results by key, up to a number of bytes; what was used least recently goes first.
final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let bytes: Int
    var lastUse: UInt64
  }

  private struct State {
    var entries: [Key: Entry] = [:]
    var bytes = 0
    var uses: UInt64 = 0
  }

  private let state = Mutex(State())
  private let mostBytes: Int

  /// - Parameter mostBytes: of all values together.
  init(mostBytes: Int) { self.mostBytes = mostBytes }

  /// The value of a key, or nil.
  func value(_ key: Key) -> Value? {
    state.withLock { state in
      state.uses += 1
      state.entries[key]?.lastUse = state.uses
      return state.entries[key]?.value
    }
  }

  /// Keeps a value, unless it is larger than a quarter of the room.
  ///
  /// - Complexity: O(n log n) for n entries where some must go; they go down to three quarters of the room at once.
  func insert(_ value: Value, for key: Key, bytes: Int) {
    guard bytes <= mostBytes / 4 else { return }
    state.withLock { state in
      state.uses += 1
      if let old = state.entries[key] { state.bytes -= old.bytes }
      state.entries[key] = Entry(value: value, bytes: bytes, lastUse: state.uses)
      state.bytes += bytes
      guard state.bytes > mostBytes else { return }
      for (key, entry) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
        if state.bytes <= mostBytes / 4 * 3 { break }
        state.entries[key] = nil
        state.bytes -= entry.bytes
      }
    }
  }

  /// Bytes of all values that are kept.
  var byteCount: Int { state.withLock { $0.bytes } }
}
