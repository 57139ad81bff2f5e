import DSPKernels
import Foundation
import ProcessingBlocks

extension Verifier {
  /// What a block gives and takes.
  func cost(_ block: PreparedBlock, _ generator: FeatureGenerator) -> VerificationReport.Block {
    let window = block.block.input.window
    let plan = block.plan
    let windows = generator.slabWindows
    let axes = block.block.axes.count
    let slabValues = ((windows - 1) * window.hop).saturatingSum(window.rows) * axes
    let slab = slabValues * MemoryLayout<Double>.stride + windows * plan.featureCount * MemoryLayout<Float>.stride
    let scratch = plan.scratchByteCount(hop: window.hop, windows: windows)
    let measured = min(windows, BatchShape.windows(values: window.rows.saturatingProduct(axes)))
    let together = measure(plan, hop: window.hop, windows: measured)
    return VerificationReport.Block(
      id: block.block.id, name: block.block.name, type: block.block.type,
      implementationVersion: block.block.implementationVersion, windowRows: window.rows, features: plan.featureCount,
      output: plan.outputConfiguration.type,
      bytesPerWindow: plan.featureCount * MemoryLayout<Float>.stride + 4 * MemoryLayout<Int32>.stride,
      memoryBytes: generator.threads * scratch + generator.slabsInFlight * slab,
      latencySeconds: measure(plan, hop: 1, windows: 1), secondsPerWindow: together)
  }

  /// Seconds a window, the fastest of as many runs as fit into half of the time for a block.
  ///
  /// - Returns: 0 where windows are too large for measuring.
  /// - Complexity: the memory of one slab.
  private func measure(_ plan: any BlockPlan, hop: Int, windows: Int) -> Double {
    guard options.measuringSeconds > 0 else { return 0 }
    let axes = plan.input.axes.count
    let count = ((windows - 1) * hop + plan.input.rows) * axes
    if count > SlabSize.mostValuesOfWindow { return 0 }
    // As much as the generator may have, and as the process has addresses for.
    let scratch = plan.scratchByteCount(hop: hop, windows: windows)
    let bytes =
      scratch.saturatingSum(count * MemoryLayout<Double>.stride)
      .saturatingSum(windows * plan.featureCount * MemoryLayout<Float>.stride)
    if scratch > SlabSize.mostScratchBytes || bytes > ProcessMemory.addressesLeft { return 0 }
    // Noise of 16 bits; pictures take any colours.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let highest: UInt64 = plan.input.image == nil ? 1 << 14 : 1 << 24
    let offset = plan.input.image == nil ? -Double(highest / 2) : 0
    let samples = LaneBuffer<Double>(count: count)
    for index in 0..<count {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      samples.base[index] = Double(state % highest) + offset
    }
    let features = LaneBuffer<Float>(count: windows * plan.featureCount)
    let runner = plan.makeRunner(hop: hop, windows: windows)
    let slab = WindowSlab(samples: samples.base, stride: axes, columns: Array(0..<axes), count: windows)
    let started = DispatchTime.now().uptimeNanoseconds
    let limit = UInt64(options.measuringSeconds / 2 * 1e9)
    var fastest = UInt64.max
    repeat {
      let begin = DispatchTime.now().uptimeNanoseconds
      withExtendedLifetime((samples, features)) { runner.run(slab, into: features.base) }
      fastest = min(fastest, DispatchTime.now().uptimeNanoseconds - begin)
    } while DispatchTime.now().uptimeNanoseconds - started < limit
    return Double(fastest) / 1e9 / Double(windows)
  }
}
