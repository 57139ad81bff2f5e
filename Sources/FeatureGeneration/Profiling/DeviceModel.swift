import ProcessingBlocks

/// What operations cost on a device, in cycles of its clock.
///
/// The model: `cycles = Σ count of a kind × cycles of that kind`, over all stages of the plan, and
/// `latency = cycles / clock`. It leaves out caches, flash wait states, interrupts and what a compiler makes of the
/// loops. So it is an estimate; `uncertainty` says by what factor it may be wrong in either direction.
///
/// Numbers and sources are in `Benchmarks/NOTES.md`, section "Device estimates".
public struct DeviceModel: Sendable, Hashable {
  /// As shown, with the clock.
  public var name: String
  /// Cycles a second, in millions.
  public var megahertz: Double
  /// One addition, subtraction or multiplication of Float.
  public var arithmetic: Double
  /// A load or store of a Float, with its share of address arithmetic and of the loop.
  public var memory: Double
  /// One division.
  public var division: Double
  /// One square root.
  public var squareRoot: Double
  /// A logarithm as the C library computes it.
  public var logarithm: Double
  /// A comparison with its branch.
  public var comparison: Double
  /// The true latency is expected between the estimate divided and multiplied by this.
  public var uncertainty: Double

  /// Cycles of so many operations.
  public func cycles(_ operations: OperationCount) -> Double {
    Double(operations.arithmetic) * arithmetic + Double(operations.memory) * memory
      + Double(operations.divisions) * division + Double(operations.squareRoots) * squareRoot
      + Double(operations.logarithms) * logarithm + Double(operations.comparisons) * comparison
  }

  /// Milliseconds of so many operations.
  public func milliseconds(_ operations: OperationCount) -> Double { cycles(operations) / megahertz / 1000 }
}

extension DeviceModel {
  /// Boards that Studio's users have, at their usual clocks.
  public static let all: [DeviceModel] = [
    DeviceModel(
      name: "Cortex-M4F 80MHz", megahertz: 80, arithmetic: 1, memory: 2, division: 14, squareRoot: 14, logarithm: 150,
      comparison: 4, uncertainty: 2),
    DeviceModel(
      name: "Cortex-M7 216MHz", megahertz: 216, arithmetic: 1, memory: 1, division: 16, squareRoot: 14, logarithm: 90,
      comparison: 3, uncertainty: 2),
    DeviceModel(
      name: "Cortex-M33 128MHz", megahertz: 128, arithmetic: 1, memory: 2, division: 14, squareRoot: 14,
      logarithm: 140, comparison: 4, uncertainty: 2),
    DeviceModel(
      name: "ESP32 240MHz", megahertz: 240, arithmetic: 1, memory: 2, division: 169, squareRoot: 200, logarithm: 500,
      comparison: 4, uncertainty: 3),
    DeviceModel(
      name: "RP2040 133MHz", megahertz: 133, arithmetic: 70, memory: 3, division: 75, squareRoot: 75, logarithm: 600,
      comparison: 40, uncertainty: 2),
    DeviceModel(
      name: "Raspberry Pi 4 (Cortex-A72 1.5GHz)", megahertz: 1500, arithmetic: 0.75, memory: 0.75, division: 7,
      squareRoot: 8, logarithm: 30, comparison: 1.5, uncertainty: 3),
    DeviceModel(
      name: "Raspberry Pi 5 (Cortex-A76 2.4GHz)", megahertz: 2400, arithmetic: 0.5, memory: 0.5, division: 5,
      squareRoot: 5, logarithm: 20, comparison: 1, uncertainty: 3),
    DeviceModel(
      name: "Linux x86-64 2GHz", megahertz: 2000, arithmetic: 0.5, memory: 0.5, division: 4, squareRoot: 4,
      logarithm: 18, comparison: 1, uncertainty: 3),
  ]
}
