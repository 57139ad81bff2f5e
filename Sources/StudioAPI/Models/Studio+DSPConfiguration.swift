extension Studio {
  /// Answer: DSP config.
  public struct DSPConfigResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The block.
    public var dsp: DSPInfo
    /// Parameters by group.
    public var config: [DSPGroup]?
    /// Why the parameters could not be read.
    public var configError: String?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, dsp: DSPInfo, config: [DSPGroup]? = nil, configError: String? = nil
    ) {
      self.success = success
      self.error = error
      self.dsp = dsp
      self.config = config
      self.configError = configError
    }
  }

  /// A processing block and the state of its features.
  public struct DSPInfo: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Length of a window, in milliseconds.
    public var windowLength: Int
    /// Its kind.
    public var type: String
    /// Class names.
    public var classes: [String]
    /// Class names by label key.
    public var classesPerKey: [String: [String]]?
    /// State of the features.
    public var features: DSPInfoFeatures
    /// Number of windows that generation would make.
    public var expectedWindowCount: Int
    /// Axes in use, in the column order of the payload.
    public var inputAxes: [String]
    /// Estimated latency and memory.
    public var performance: DSPPerformance?
    /// Whether feature importance can be calculated.
    public var canCalculateFeatureImportance: Bool
    /// Whether to calculate feature importance.
    public var calculateFeatureImportance: Bool
    /// Whether features can be normalised.
    public var canNormalizeData: Bool
    /// Normalisation of the features.
    public var normalizeData: DSPNormalizeData
    /// Whether the block has an autotuner.
    public var hasAutoTune: Bool?
    /// First version of the algorithm with an autotuner.
    public var minimumVersionForAutotune: Double?
    /// Whether there are autotuner results.
    public var hasAutotunerResults: Bool?
    /// Whether windows depend on those before.
    public var usesState: Bool?

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, windowLength: Int, type: String, classes: [String],
      classesPerKey: [String: [String]]? = nil, features: DSPInfoFeatures, expectedWindowCount: Int,
      inputAxes: [String], performance: DSPPerformance? = nil, canCalculateFeatureImportance: Bool,
      calculateFeatureImportance: Bool, canNormalizeData: Bool, normalizeData: DSPNormalizeData,
      hasAutoTune: Bool? = nil, minimumVersionForAutotune: Double? = nil, hasAutotunerResults: Bool? = nil,
      usesState: Bool? = nil
    ) {
      self.id = id
      self.name = name
      self.windowLength = windowLength
      self.type = type
      self.classes = classes
      self.classesPerKey = classesPerKey
      self.features = features
      self.expectedWindowCount = expectedWindowCount
      self.inputAxes = inputAxes
      self.performance = performance
      self.canCalculateFeatureImportance = canCalculateFeatureImportance
      self.calculateFeatureImportance = calculateFeatureImportance
      self.canNormalizeData = canNormalizeData
      self.normalizeData = normalizeData
      self.hasAutoTune = hasAutoTune
      self.minimumVersionForAutotune = minimumVersionForAutotune
      self.hasAutotunerResults = hasAutotunerResults
      self.usesState = usesState
    }
  }

  /// State of a block's features.
  public struct DSPInfoFeatures: StudioModel {
    /// Whether features have been generated.
    public var generated: Bool
    /// How many there are.
    public var count: Int?
    /// Label names.
    public var labels: [String]?
    /// Class names.
    public var classes: [String]?

    /// Creates the value from its fields.
    public init(
      generated: Bool, count: Int? = nil, labels: [String]? = nil, classes: [String]? = nil
    ) {
      self.generated = generated
      self.count = count
      self.labels = labels
      self.classes = classes
    }
  }

  /// Normalisation of features.
  public struct DSPNormalizeData: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `none`.
    public static let none = DSPNormalizeData(rawValue: "none")
    /// `normalize-channel-standard-scaler`.
    public static let normalizeChannelStandardScaler = DSPNormalizeData(rawValue: "normalize-channel-standard-scaler")
  }

  /// Parameters to change; those that are absent keep their value.
  public struct DSPConfigRequest: StudioModel {
    /// Parameters by key; every value is text.
    public var config: [String: String]

    /// Creates the value from its fields.
    public init(config: [String: String]) {
      self.config = config
    }
  }

  /// Answer: DSP autotuner results.
  public struct DSPAutotunerResults: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Suggested values.
    public var results: [DSPAutotunerResultsResults]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, results: [DSPAutotunerResultsResults]
    ) {
      self.success = success
      self.error = error
      self.results = results
    }
  }

  /// A parameter that the autotuner suggests.
  public struct DSPAutotunerResultsResults: StudioModel {
    /// Key.
    public var key: String
    /// Value, as text.
    public var value: String

    /// Creates the value from its fields.
    public init(
      key: String, value: String
    ) {
      self.key = key
      self.value = value
    }
  }
}
