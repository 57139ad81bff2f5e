import Datasets
import ProcessingBlocks

/// Computes some of Studio's windows again, each time with something else changed, and sees what makes the difference
/// vanish.
struct CauseTrial {
  /// A window of Studio's set, and where it comes from.
  struct Sample {
    var recording: Int
    var startMs: Int
    var studio: [Float]
    var local: [Float]?
  }

  let block: ImpulseBlock
  let samples: [Sample]
  let recordings: [Int: TrialRecording]
  let tolerance: Double

  /// Recordings that are read, and windows of each, at the most.
  static let mostRecordings = 6
  static let mostWindows = 24

  /// Share of Studio's values that come out within the tolerance; nil where the block refuses the change, or gives
  /// another number of features.
  func score(_ changes: [CauseAlternative]) -> Double? {
    var setup = TrialSetup(block)
    for change in changes { change.apply(&setup) }
    return score(setup) { $0.studio }
  }

  /// As above for the local set, with nothing changed: whether it was made with this impulse.
  func localScore() -> Double? { score(TrialSetup(block)) { $0.local } }

  private func score(_ setup: TrialSetup, wanted: (Sample) -> [Float]?) -> Double? {
    guard let descriptor = BlockRegistry.block(type: setup.block.type),
      let plan = try? descriptor.makePlan(
        setup.block.parameters, version: setup.block.implementationVersion, input: setup.shape)
    else { return nil }
    let runner = plan.makeRunner(hop: setup.rows, windows: 1)
    var features = [Float](repeating: 0, count: plan.featureCount)
    var (hits, total) = (0, 0)
    for sample in samples {
      guard let wanted = wanted(sample) else { continue }
      guard wanted.count == plan.featureCount else { return nil }
      total += wanted.count
      guard let window = recordings[sample.recording]?.window(setup, startMs: sample.startMs) else { continue }
      window.withUnsafeBufferPointer { window in
        features.withUnsafeMutableBufferPointer { features in
          guard let values = window.baseAddress, let target = features.baseAddress else { return }
          let axes = setup.block.axes.count
          runner.run(WindowSlab(samples: values, stride: axes, columns: Array(0..<axes), count: 1), into: target)
        }
      }
      hits += zip(features, wanted).count { FloatDistance.isWithin($0, of: $1, tolerance: tolerance) }
    }
    return total == 0 ? nil : Double(hits) / Double(total)
  }

  /// Factors between local and Studio's values that are constant in at least one feature.
  var factors: [Double] {
    let pairs = samples.compactMap { sample in sample.local.map { ($0, sample.studio) } }
    guard let width = pairs.first?.0.count, pairs.count > 3, pairs.allSatisfy({ $0.1.count == width }) else {
      return []
    }
    var counts: [Float: Int] = [:]
    for column in 0..<width {
      let ratios = pairs.compactMap { mine, theirs in
        abs(mine[column]) > 1e-6 ? Double(theirs[column]) / Double(mine[column]) : nil
      }
      guard ratios.count > 3, let low = ratios.min(), let high = ratios.max(), low > 0, high - low < 1e-4 * high,
        high > 1.001 || low < 0.999
      else { continue }
      // Rounded to what a person would type.
      let ratio = ratios.sorted()[ratios.count / 2]
      counts[Float((ratio * 1e5).rounded() / 1e5), default: 0] += 1
      if ratio < 0.01 { counts[Float(ratio), default: 0] += 1 }
    }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map { Double($0.key) }
  }
}
