import EngineThreads
import ProcessingBlocks
import Synchronization

/// The windows of a batch, in slabs of windows of one shape: the engine computes many windows at once faster than one
/// after the other.
struct WindowSeries {
  /// Consecutive windows of one shape.
  fileprivate struct Slab: Sendable {
    var plan: any BlockPlan
    var first: Int
    var windows: [SingleWindow]
  }

  /// Most windows of a slab.
  private static let mostWindows = 64
  /// Most scratch memory of a slab in bytes, as long as it holds one window.
  private static let mostScratch = 1 << 27

  private let slabs: [Slab]
  private let count: Int
  /// The plan of the first window: its labels and shape are those of the answer.
  let firstPlan: any BlockPlan

  /// Plans for all windows, and checks them.
  ///
  /// - Throws: `ConfigurationError` or `BlockRequestError` with the place of the first window that cannot be computed.
  init(_ request: BlockRequest, block: BlockDescriptor) throws {
    var plans: [SignalShape: any BlockPlan] = [:]
    var slabs: [Slab] = []
    for (index, features) in request.windows.enumerated() {
      do throws(ConfigurationError) {
        let window = try SingleWindow(features, axes: request.axes, frequency: request.frequency, for: block)
        var plan = plans[window.shape]
        if plan == nil {
          let made = try block.makePlan(request.parameters, version: request.version, input: window.shape)
          plans[window.shape] = made
          plan = made
        }
        guard let plan else { continue }
        if let refusal = plan.refusal(ofWindow: window.values) { throw ConfigurationError([refusal]) }
        if let last = slabs.indices.last, slabs[last].plan.input == window.shape,
          slabs[last].windows.count < Self.windows(plan)
        {
          slabs[last].windows.append(window)
        } else {
          slabs.append(Slab(plan: plan, first: index, windows: [window]))
        }
      } catch {
        throw BlockRequestError("features[\(index)]: \(error)")
      }
    }
    guard let first = slabs.first else { throw BlockRequestError("Missing \"features\" in body") }
    self.slabs = slabs
    count = request.windows.count
    firstPlan = first.plan
  }

  private static func windows(_ plan: any BlockPlan) -> Int {
    var windows = mostWindows
    while windows > 1 && plan.scratchByteCount(hop: plan.input.rows, windows: windows) > mostScratch { windows /= 2 }
    return windows
  }

  /// The features of all windows, in their order, by up to `threads` threads.
  func features(threads: Int) throws -> [[Float]] {
    let next = Atomic(0)
    let result = Mutex([[Float]](repeating: [], count: count))
    let slabs = slabs
    OwnThreads.run(min(threads, slabs.count)) {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= slabs.count { break }
        let features = slabs[index].features
        result.withLock { $0.replaceSubrange(slabs[index].first..<slabs[index].first + features.count, with: features) }
      }
    }
    return result.withLock { $0 }
  }
}

extension WindowSeries.Slab {
  /// The windows behind each other, as one signal whose windows do not overlap.
  fileprivate var features: [[Float]] {
    let (rows, axes, width) = (plan.input.rows, plan.input.axes.count, plan.featureCount)
    let signal = windows.flatMap(\.values)
    let runner = plan.makeRunner(hop: rows, windows: windows.count)
    let flat = [Float](unsafeUninitializedCapacity: max(1, width * windows.count)) { features, count in
      signal.withUnsafeBufferPointer { signal in
        guard let samples = signal.baseAddress, let target = features.baseAddress else { return }
        runner.run(
          WindowSlab(samples: samples, stride: axes, columns: Array(0..<axes), count: windows.count), into: target)
      }
      count = width * windows.count
    }
    return windows.indices.map { Array(flat[$0 * width..<($0 + 1) * width]) }
  }
}
