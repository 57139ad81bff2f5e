import CLanes

/// Turns the features of a batch, `[feature][lane]`, into rows of features, `[window][feature]`.
///
/// - Parameters:
///   - lanes: `features` rows of `laneCount` values.
///   - rows: where the first window's first feature goes.
///   - width: values from one window's row to the next.
///   - windows: windows to write, at most `laneCount`.
public func writeFeatureRows(
  _ lanes: UnsafePointer<Float>, features: Int, to rows: UnsafeMutablePointer<Float>, width: Int, windows: Int
) {
  precondition((0...laneCount).contains(windows), "a batch has \(laneCount) windows")
  lanes_transpose(lanes, laneCount, features, rows, width, windows)
}

/// Writes base-10 logarithms of powers as Float features; an exact zero counts as 1e-10, smaller values do not.
///
/// - Parameter count: values, a multiple of `laneCount`, which is a multiple of four vectors.
public func writeLogPower(
  _ power: UnsafePointer<Double>, count: Int, to features: UnsafeMutablePointer<Float>
) {
  precondition(count % laneCount == 0, "whole rows of lanes")
  // Four vectors at a time: one question whether all are ordinary, and divisions that overlap.
  let block = 4 * DoubleLanes.width
  for i in stride(from: 0, to: count, by: block) {
    let a = DoubleLanes(power + i)
    let b = DoubleLanes(power + i + DoubleLanes.width)
    let c = DoubleLanes(power + i + 2 * DoubleLanes.width)
    let d = DoubleLanes(power + i + 3 * DoubleLanes.width)
    if DoubleLanes.arePositiveNormal(a, b, c, d) {
      a.log10OfNormal().storeFloat(features + i)
      b.log10OfNormal().storeFloat(features + i + DoubleLanes.width)
      c.log10OfNormal().storeFloat(features + i + 2 * DoubleLanes.width)
      d.log10OfNormal().storeFloat(features + i + 3 * DoubleLanes.width)
    } else {
      for j in stride(from: i, to: i + block, by: DoubleLanes.width) { writeAnyLogPower(power + j, to: features + j) }
    }
  }
}

/// One vector of logarithms of any powers.
private func writeAnyLogPower(_ power: UnsafePointer<Double>, to features: UnsafeMutablePointer<Float>) {
  let value = DoubleLanes(power)
  value.atMost(DoubleLanes(repeating: 0), DoubleLanes(repeating: 1e-10), else: value).log10().storeFloat(features)
}

/// Rounds powers to Float features.
///
/// - Parameter count: values, a multiple of `frameLanes`.
public func writePower(_ power: UnsafePointer<Double>, count: Int, to features: UnsafeMutablePointer<Float>) {
  precondition(count % frameLanes == 0, "whole rows of lanes")
  for i in stride(from: 0, to: count, by: DoubleLanes.width) {
    DoubleLanes(power + i).storeFloat(features + i)
  }
}
