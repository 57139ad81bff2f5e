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
  }

  /// Memory of a model by engine.
  public struct ProfileModelInfoMemory: StudioModel {
    /// Memory with the interpreter.
    public var tflite: ProfileModelInfoMemoryDetails?
    /// Memory with the EON compiler.
    public var eon: ProfileModelInfoMemoryDetails?
    /// Memory with the EON compiler, optimised for RAM.
    public var eonRamOptimized: ProfileModelInfoMemoryDetails?
  }

  /// Memory of a model.
  public struct ProfileModelInfoMemoryDetails: StudioModel {
    /// Peak memory, in bytes.
    public var ram: Int
    /// Read-only memory, in bytes.
    public var rom: Int
    /// Tensor arena, in bytes.
    public var arenaSize: Int
  }

  /// A metric of a model.
  public struct KerasCustomMetric: StudioModel {
    /// Its name.
    public var name: String
    /// Value, as text.
    public var value: String
  }
}
