extension Studio {
  /// Estimated latency and memory of a block.
  public struct DSPPerformance: StudioModel {
    /// Latency, in milliseconds.
    public var latency: Int
    /// Peak memory, in bytes.
    public var ram: Int
    /// Text of a custom block in place of numbers.
    public var customDspString: String?

    /// Creates the value from its fields.
    public init(
      latency: Int, ram: Int, customDspString: String? = nil
    ) {
      self.latency = latency
      self.ram = ram
      self.customDspString = customDspString
    }
  }

  /// Answer: DSP performance all variants.
  public struct DSPPerformanceAllVariantsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Estimated latency and memory.
    public var performance: [DSPPerformanceAllVariantsResponsePerformance]?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, performance: [DSPPerformanceAllVariantsResponsePerformance]? = nil
    ) {
      self.success = success
      self.error = error
      self.performance = performance
    }
  }

  /// Estimated latency and memory on one processor.
  public struct DSPPerformanceAllVariantsResponsePerformance: StudioModel {
    /// Processor.
    public var mcu: String
    /// Latency, in milliseconds.
    public var latency: Int
    /// Peak memory, in bytes.
    public var ram: Int

    /// Creates the value from its fields.
    public init(
      mcu: String, latency: Int, ram: Int
    ) {
      self.mcu = mcu
      self.latency = latency
      self.ram = ram
    }
  }
}
