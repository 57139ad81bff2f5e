import DSPKernels

typealias MFCCRunner = FrameRunner<MFCCStage>

extension FrameRunner where Stage == MFCCStage {
  convenience init(plan: MFCCPlan, hop: Int) {
    self.init(layout: plan.layout, hop: hop, featureCount: plan.featureCount, stage: MFCCStage(plan: plan))
  }
}

/// Cepstral coefficients of frames, then their sliding normalisation.
final class MFCCStage: FrameStage {
  /// What happens to the coefficients.
  private enum Output {
    case plain(FrameTable<Float>)
    case normalized(FrameMatrix)
  }

  private let plan: MFCCPlan
  private let bins: Int
  /// Values of the window's beginning that are paired with its end.
  private let wrappedRows: Int
  private let energies: LaneBuffer<Double>
  private let coefficients: LaneBuffer<Double>
  private let output: Output

  init(plan: MFCCPlan) {
    self.plan = plan
    bins = plan.layout.fftLength / 2 + 1
    wrappedRows = plan.shift % plan.input.rows
    let (frames, columns) = (plan.layout.count, plan.transform.count)
    energies = LaneBuffer(count: plan.bank.count * frameLanes)
    coefficients = LaneBuffer(count: plan.window > 0 ? 0 : columns * frameLanes)
    if plan.window > 0 {
      output = .normalized(
        FrameMatrix(frames: frames, columns: columns, window: plan.window, dividesByDeviation: true))
    } else {
      output = .plain(FrameTable(frames: frames, columns: columns, rowStride: columns))
    }
  }

  var wrappedFrames: Int {
    min(plan.layout.count, (wrappedRows + plan.layout.stride - 1) / plan.layout.stride)
  }

  func prepare(_ window: WindowView) -> Bool { true }

  /// The values with pre-emphasis; the window's beginning is paired with its end.
  func load(_ window: WindowView, start: Int, count: Int, into frame: UnsafeMutablePointer<Double>) {
    let emphasis = plan.emphasis
    let wrapped = min(count, max(0, wrappedRows - start))
    for row in 0..<wrapped {
      let here = start + row
      frame[row] = window[here] - emphasis * window[here + plan.input.rows - wrappedRows]
    }
    if window.stride == 1 {
      emphasize(
        window.base + start + wrapped, shift: wrappedRows, weight: emphasis, count: count - wrapped,
        into: frame + wrapped)
    } else {
      for row in wrapped..<count {
        frame[row] = window[start + row] - emphasis * window[start + row - wrappedRows]
      }
    }
  }

  func compute(_ power: UnsafePointer<Double>) {
    plan.bank.apply(power, into: energies.base)
    takeLogarithms(energies.base, count: plan.bank.count * frameLanes)
    switch output {
    case .plain(let table):
      writeCoefficients(power, into: coefficients.base)
      writePower(coefficients.base, count: plan.transform.count * frameLanes, to: table.batch.base)
    case .normalized(let matrix):
      writeCoefficients(power, into: matrix.batch)
    }
  }

  /// The cosine transform, whose first coefficient gives way to the frame's energy.
  private func writeCoefficients(_ power: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    plan.transform.apply(energies.base, into: result)
    writeLogEnergy(power, bins: bins, into: result)
    clearInfiniteFrames(power, result)
  }

  /// An infinite bin makes all coefficients but the energy NaN: the reference multiplies it with weights of 0 too.
  private func clearInfiniteFrames(_ power: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    for lane in 0..<frameLanes where result[lane] == .infinity {
      guard (0..<bins).contains(where: { power[$0 * frameLanes + lane] == .infinity }) else { continue }
      for row in 1..<max(1, plan.transform.count) { result[row * frameLanes + lane] = .nan }
    }
  }

  func begin(_ features: UnsafeMutablePointer<Float>, carried: Int) {
    switch output {
    case .plain(let table): table.begin(features, carried: carried)
    case .normalized(let matrix): matrix.begin(carried: carried)
    }
  }

  func put(_ lanes: Range<Int>, frame: Int) {
    switch output {
    case .plain(let table): table.put(lanes, frame: frame)
    case .normalized(let matrix): matrix.put(lanes, frame: frame)
    }
  }

  func finish(_ features: UnsafeMutablePointer<Float>) {
    if case .normalized(let matrix) = output { matrix.normalize(into: features, columns: plan.transform.count) }
  }
}
