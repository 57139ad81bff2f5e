/// Zeroed memory aligned to the widest vector, owned by one thread's scratch.
public final class LaneBuffer<Element: BitwiseCopyable> {
  /// The first element; valid as long as the buffer lives. A local buffer may die right after its last use, before
  /// what was called with its address has ended: keep it in a property, or use `withExtendedLifetime`.
  public let base: UnsafeMutablePointer<Element>
  /// Elements allocated.
  public let count: Int

  /// Allocates `count` elements, all bits zero.
  public init(count: Int) {
    precondition(count >= 0, "a buffer cannot hold \(count) elements")
    let byteCount = max(count, 1) * MemoryLayout<Element>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    base = raw.bindMemory(to: Element.self, capacity: count)
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
