import CLanes

extension DoubleLanes {
  /// The nearest Float, widened again.
  @inline(__always) var roundedToFloat: DoubleLanes { DoubleLanes(lanes_widen(lanes_narrow(raw))) }
}
