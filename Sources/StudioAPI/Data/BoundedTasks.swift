/// Runs work on many items with a limited number under way.
enum BoundedTasks {
  /// Results in the order of the items. `progress` hears how many are done, from one task at a time.
  static func run<Item: Sendable, Output: Sendable>(
    _ items: [Item], workers: Int, progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil,
    _ body: @escaping @Sendable (Item) async -> Output
  ) async -> [Output] {
    await withTaskGroup(of: (Int, Output).self) { group in
      var results = [Output?](repeating: nil, count: items.count)
      var next = 0
      func start() {
        guard next < items.count else { return }
        let index = next
        let item = items[index]
        next += 1
        group.addTask { (index, await body(item)) }
      }
      for _ in 0..<max(1, workers) { start() }
      var done = 0
      while let (index, output) = await group.next() {
        results[index] = output
        done += 1
        progress?(done, items.count)
        start()
      }
      return results.compactMap(\.self)
    }
  }
}
