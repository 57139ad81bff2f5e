extension Studio {
  /// Answer: profile tf lite.
  public struct ProfileTfLiteResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Variant.
    public var variant: KerasModelVariant
    /// Device.
    public var device: String
    /// Tflite file size, in bytes.
    public var tfliteFileSizeBytes: Int
    /// Whether the model fits on microcontrollers.
    public var isSupportedOnMcu: Bool
    /// Memory.
    public var memory: ProfileModelInfoMemory?
    /// Time per inference, in milliseconds.
    public var timePerInferenceMs: Int?
    /// Mcu support error.
    public var mcuSupportError: String?
    /// Custom metrics.
    public var customMetrics: [KerasCustomMetric]
    /// Whether latency and memory are known.
    public var hasPerformance: Bool
    /// Profiling error.
    public var profilingError: String?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, variant: KerasModelVariant, device: String, tfliteFileSizeBytes: Int,
      isSupportedOnMcu: Bool, memory: ProfileModelInfoMemory? = nil, timePerInferenceMs: Int? = nil,
      mcuSupportError: String? = nil, customMetrics: [KerasCustomMetric], hasPerformance: Bool,
      profilingError: String? = nil
    ) {
      self.success = success
      self.error = error
      self.variant = variant
      self.device = device
      self.tfliteFileSizeBytes = tfliteFileSizeBytes
      self.isSupportedOnMcu = isSupportedOnMcu
      self.memory = memory
      self.timePerInferenceMs = timePerInferenceMs
      self.mcuSupportError = mcuSupportError
      self.customMetrics = customMetrics
      self.hasPerformance = hasPerformance
      self.profilingError = profilingError
    }
  }

  /// Memory of a model by engine.
  public struct ProfileModelInfoMemory: StudioModel {
    /// Memory with the interpreter.
    public var tflite: ProfileModelInfoMemoryDetails?
    /// Memory with the EON compiler.
    public var eon: ProfileModelInfoMemoryDetails?
    /// Memory with the EON compiler, optimised for RAM.
    public var eonRamOptimized: ProfileModelInfoMemoryDetails?

    /// Creates the value from its fields.
    public init(
      tflite: ProfileModelInfoMemoryDetails? = nil, eon: ProfileModelInfoMemoryDetails? = nil,
      eonRamOptimized: ProfileModelInfoMemoryDetails? = nil
    ) {
      self.tflite = tflite
      self.eon = eon
      self.eonRamOptimized = eonRamOptimized
    }
  }

  /// Memory of a model.
  public struct ProfileModelInfoMemoryDetails: StudioModel {
    /// Peak memory, in bytes.
    public var ram: Int
    /// Read-only memory, in bytes.
    public var rom: Int
    /// Tensor arena, in bytes.
    public var arenaSize: Int

    /// Creates the value from its fields.
    public init(
      ram: Int, rom: Int, arenaSize: Int
    ) {
      self.ram = ram
      self.rom = rom
      self.arenaSize = arenaSize
    }
  }

  /// A metric of a model.
  public struct KerasCustomMetric: StudioModel {
    /// Its name.
    public var name: String
    /// Value, as text.
    public var value: String

    /// Creates the value from its fields.
    public init(
      name: String, value: String
    ) {
      self.name = name
      self.value = value
    }
  }
}
