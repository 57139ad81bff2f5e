/// Lets one upload of a content in at a time, so that of two at once one is the duplicate.
actor ContentClaims {
  private struct Waiter {
    let hashes: Set<String>
    let continuation: CheckedContinuation<Void, Never>
  }

  private var taken: Set<String> = []
  private var waiters: [Waiter] = []

  /// Takes all hashes at once, when none of them is taken any more.
  func take(_ hashes: Set<String>) async {
    if taken.isDisjoint(with: hashes) {
      taken.formUnion(hashes)
      return
    }
    await withCheckedContinuation { waiters.append(Waiter(hashes: hashes, continuation: $0)) }
  }

  /// Gives them back, and to those who wait.
  func release(_ hashes: Set<String>) {
    taken.subtract(hashes)
    var left: [Waiter] = []
    for waiter in waiters {
      if taken.isDisjoint(with: waiter.hashes) {
        taken.formUnion(waiter.hashes)
        waiter.continuation.resume()
      } else {
        left.append(waiter)
      }
    }
    waiters = left
  }
}
