extension Studio {
  /// Answer: DSP sample features.
  public struct DSPSampleFeaturesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of windows.
    public var totalSampleCount: Int
    /// One entry per window.
    public var data: [DSPSampleFeaturesResponseData]
    /// Features to leave out of graphs, counted from the first.
    public var skipFirstFeatures: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, totalSampleCount: Int, data: [DSPSampleFeaturesResponseData],
      skipFirstFeatures: Int
    ) {
      self.success = success
      self.error = error
      self.totalSampleCount = totalSampleCount
      self.data = data
      self.skipFirstFeatures = skipFirstFeatures
    }
  }

  /// The features of one window.
  public struct DSPSampleFeaturesResponseData: StudioModel {
    /// All features of one window, in feature order.
    public var x: [Double]
    /// Class number.
    public var y: Int
    /// Class name.
    public var yLabel: String
    /// The recording.
    public var sample: DSPSampleFeaturesResponseSample?

    private enum CodingKeys: String, CodingKey {
      case y, yLabel, sample
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      x: [Double], y: Int, yLabel: String, sample: DSPSampleFeaturesResponseSample? = nil
    ) {
      self.x = x
      self.y = y
      self.yLabel = yLabel
      self.sample = sample
    }
  }

  /// Where a window lies.
  public struct DSPSampleFeaturesResponseSample: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Start of the window in its recording, in milliseconds.
    public var startMs: Double
    /// End of the window in its recording, in milliseconds.
    public var endMs: Double

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, startMs: Double, endMs: Double
    ) {
      self.id = id
      self.name = name
      self.startMs = startMs
      self.endMs = endMs
    }
  }

  /// Answer: DSP trained features.
  public struct DSPTrainedFeaturesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of windows.
    public var totalSampleCount: Int
    /// One entry per window.
    public var data: [DSPTrainedFeaturesResponseData]
    /// Features to leave out of graphs, counted from the first.
    public var skipFirstFeatures: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, totalSampleCount: Int, data: [DSPTrainedFeaturesResponseData],
      skipFirstFeatures: Int
    ) {
      self.success = success
      self.error = error
      self.totalSampleCount = totalSampleCount
      self.data = data
      self.skipFirstFeatures = skipFirstFeatures
    }
  }

  /// Three features of one window.
  public struct DSPTrainedFeaturesResponseData: StudioModel {
    /// The three features that were asked for; the key is the feature's index as text.
    public var x: [String: Double]
    /// Class number.
    public var y: Int
    /// Class name.
    public var yLabel: String
    /// Class names by label key.
    public var structuredYLabel: [String: String]?
    /// The recording.
    public var sample: DSPTrainedFeaturesResponseSample?

    private enum CodingKeys: String, CodingKey {
      case y, yLabel, structuredYLabel, sample
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      x: [String: Double], y: Int, yLabel: String, structuredYLabel: [String: String]? = nil,
      sample: DSPTrainedFeaturesResponseSample? = nil
    ) {
      self.x = x
      self.y = y
      self.yLabel = yLabel
      self.structuredYLabel = structuredYLabel
      self.sample = sample
    }
  }

  /// Where a window lies; its id is a number with a fraction in Studio's description.
  public struct DSPTrainedFeaturesResponseSample: StudioModel {
    /// Its id.
    public var id: Double
    /// Its name.
    public var name: String
    /// Start of the window in its recording, in milliseconds.
    public var startMs: Double
    /// End of the window in its recording, in milliseconds.
    public var endMs: Double

    /// Creates the value from its fields.
    public init(
      id: Double, name: String, startMs: Double, endMs: Double
    ) {
      self.id = id
      self.name = name
      self.startMs = startMs
      self.endMs = endMs
    }
  }

  /// Answer: DSP feature labels.
  public struct DSPFeatureLabelsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// One name per feature, in feature order.
    public var labels: [String]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, labels: [String]
    ) {
      self.success = success
      self.error = error
      self.labels = labels
    }
  }
}
