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
  lanes_transpose(lanes, laneCount, features, rows, width, windows)
}

/// Writes base-10 logarithms of powers as Float features; an exact zero counts as 1e-10, smaller values do not.
///
/// - Parameter count: values, a multiple of `laneCount`.
public func writeLogPower(
  _ power: UnsafePointer<Double>, count: Int, to features: UnsafeMutablePointer<Float>
) {
  let floor = DoubleLanes(repeating: 1e-10)
  for i in stride(from: 0, to: count, by: DoubleLanes.width) {
    let value = DoubleLanes(power + i)
    if value.isPositiveNormal {
      value.log10OfNormal().storeFloat(features + i)
      continue
    }
    value.atMost(DoubleLanes(repeating: 0), floor, else: value).log10().storeFloat(features + i)
  }
}

/// Rounds powers to Float features.
///
/// - Parameter count: values, a multiple of `laneCount`.
public func writePower(_ power: UnsafePointer<Double>, count: Int, to features: UnsafeMutablePointer<Float>) {
  for i in stride(from: 0, to: count, by: DoubleLanes.width) {
    DoubleLanes(power + i).storeFloat(features + i)
  }
}
