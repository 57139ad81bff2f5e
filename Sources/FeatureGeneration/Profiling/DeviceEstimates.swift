import ProcessingBlocks

/// How long a block would take on devices, and the RAM that it would need there: estimates from operation counts.
///
/// As JSON this is Studio's `DspPerformanceAllVariantsResponse`, with more fields than Studio's.
public struct DeviceEstimates: Sendable, Codable, Equatable {
  /// One device.
  public struct Device: Sendable, Codable, Equatable {
    /// Processor and clock.
    public var mcu: String
    /// Milliseconds a window, rounded up.
    public var latency: Int
    /// Bytes: window, features, and the largest stage's memory, all as Float.
    public var ram: Int
    /// Always true: nothing here was measured.
    public var isEstimate = true
    /// Milliseconds, not rounded.
    public var latencyMs: Double
    /// The range in which the latency is expected.
    public var lowMs: Double
    /// The upper end of the range.
    public var highMs: Double
  }

  /// As in all of Studio's answers.
  public var success = true
  /// One entry a device.
  public var performance: [Device]

  /// Estimates for all known devices.
  public init(_ plan: any BlockPlan) {
    let stages = plan.stages()
    let operations = stages.reduce(OperationCount()) { $0 + $1.operations }
    let values = plan.input.rows * plan.input.axes.count + plan.featureCount
    let ram = values * MemoryLayout<Float>.stride + (stages.map(\.deviceByteCount).max() ?? 0)
    performance = DeviceModel.all.map { Device($0, operations: operations, ram: ram) }
  }
}

extension DeviceEstimates.Device {
  /// What the model gives for so many operations.
  public init(_ model: DeviceModel, operations: OperationCount, ram: Int) {
    let milliseconds = model.milliseconds(operations)
    self.init(
      mcu: model.name, latency: Int(milliseconds.rounded(.up)), ram: ram, latencyMs: milliseconds,
      lowMs: milliseconds / model.uncertainty, highMs: milliseconds * model.uncertainty)
  }
}
