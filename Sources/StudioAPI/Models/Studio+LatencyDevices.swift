extension Studio {
  /// A processor for which latency is estimated.
  public struct LatencyDevice: StudioModel {
    /// Processor.
    public var mcu: String
    /// Its name.
    public var name: String
    /// Whether it is selected.
    public var selected: Bool
    /// Relative latency in int8.
    public var int8Latency: Double
    /// Relative latency of int8 convolutions.
    public var int8ConvLatency: Double
    /// Relative latency in float32.
    public var float32Latency: Double
    /// Relative latency of float32 convolutions.
    public var float32ConvLatency: Double
    /// Help text.
    public var helpText: String

    /// Creates the value from its fields.
    public init(
      mcu: String, name: String, selected: Bool, int8Latency: Double, int8ConvLatency: Double, float32Latency: Double,
      float32ConvLatency: Double, helpText: String
    ) {
      self.mcu = mcu
      self.name = name
      self.selected = selected
      self.int8Latency = int8Latency
      self.int8ConvLatency = int8ConvLatency
      self.float32Latency = float32Latency
      self.float32ConvLatency = float32ConvLatency
      self.helpText = helpText
    }
  }

  /// Part of an answer: target constraints.
  public struct TargetConstraints: StudioModel {
    /// Selected target based on. One of `user-configured`, `default`, `default-accepted`, `recent-project`, `connected-
    /// device`.
    public var selectedTargetBasedOn: String?
    /// Target devices.
    public var targetDevices: [TargetConstraintsDevice]
    /// Application budgets.
    public var applicationBudgets: [ApplicationBudget]

    /// Creates the value from its fields.
    public init(
      selectedTargetBasedOn: String? = nil, targetDevices: [TargetConstraintsDevice],
      applicationBudgets: [ApplicationBudget]
    ) {
      self.selectedTargetBasedOn = selectedTargetBasedOn
      self.targetDevices = targetDevices
      self.applicationBudgets = applicationBudgets
    }
  }

  /// Part of an answer: target constraints device.
  public struct TargetConstraintsDevice: StudioModel {
    /// Processors.
    public var processors: [TargetProcessor]?
    /// Board.
    public var board: String?
    /// Its name.
    public var name: String?
    /// Latency device.
    public var latencyDevice: String?

    /// Creates the value from its fields.
    public init(
      processors: [TargetProcessor]? = nil, board: String? = nil, name: String? = nil, latencyDevice: String? = nil
    ) {
      self.processors = processors
      self.board = board
      self.name = name
      self.latencyDevice = latencyDevice
    }
  }

  /// Part of an answer: target processor.
  public struct TargetProcessor: StudioModel {
    /// Part number.
    public var part: String?
    /// Format.
    public var format: String?
    /// Architecture.
    public var architecture: String?
    /// Specific architecture.
    public var specificArchitecture: String?
    /// Accelerator.
    public var accelerator: String?
    /// Whether there is a floating-point unit.
    public var fpu: Bool?
    /// Clock rate, in megahertz.
    public var clockRateMhz: ResourceRange?
    /// Memory.
    public var memory: TargetMemory?

    /// Creates the value from its fields.
    public init(
      part: String? = nil, format: String? = nil, architecture: String? = nil, specificArchitecture: String? = nil,
      accelerator: String? = nil, fpu: Bool? = nil, clockRateMhz: ResourceRange? = nil, memory: TargetMemory? = nil
    ) {
      self.part = part
      self.format = format
      self.architecture = architecture
      self.specificArchitecture = specificArchitecture
      self.accelerator = accelerator
      self.fpu = fpu
      self.clockRateMhz = clockRateMhz
      self.memory = memory
    }
  }

  /// A range; ends that are absent are open.
  public struct ResourceRange: StudioModel {
    /// Lower end.
    public var minimum: Double?
    /// Upper end.
    public var maximum: Double?

    /// Creates the value from its fields.
    public init(
      minimum: Double? = nil, maximum: Double? = nil
    ) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// Part of an answer: target memory.
  public struct TargetMemory: StudioModel {
    /// Peak memory, in bytes.
    public var ram: MemorySpec?
    /// Read-only memory, in bytes.
    public var rom: MemorySpec?

    /// Creates the value from its fields.
    public init(
      ram: MemorySpec? = nil, rom: MemorySpec? = nil
    ) {
      self.ram = ram
      self.rom = rom
    }
  }

  /// Part of an answer: memory spec.
  public struct MemorySpec: StudioModel {
    /// Fast memory, in bytes.
    public var fastBytes: ResourceRange?
    /// Slow memory, in bytes.
    public var slowBytes: ResourceRange?

    /// Creates the value from its fields.
    public init(
      fastBytes: ResourceRange? = nil, slowBytes: ResourceRange? = nil
    ) {
      self.fastBytes = fastBytes
      self.slowBytes = slowBytes
    }
  }

  /// Part of an answer: application budget.
  public struct ApplicationBudget: StudioModel {
    /// Latency per inference, in milliseconds.
    public var latencyPerInferenceMs: ResourceRange?
    /// Energy per inference, in joules.
    public var energyPerInferenceJoules: ResourceRange?
    /// Memory overhead.
    public var memoryOverhead: TargetMemory?

    /// Creates the value from its fields.
    public init(
      latencyPerInferenceMs: ResourceRange? = nil, energyPerInferenceJoules: ResourceRange? = nil,
      memoryOverhead: TargetMemory? = nil
    ) {
      self.latencyPerInferenceMs = latencyPerInferenceMs
      self.energyPerInferenceJoules = energyPerInferenceJoules
      self.memoryOverhead = memoryOverhead
    }
  }
}
