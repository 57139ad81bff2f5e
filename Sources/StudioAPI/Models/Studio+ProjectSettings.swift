extension Studio {
  /// Keys for devices.
  public struct DevelopmentKeys: StudioModel {
    /// API key.
    public var apiKey: Secret?
    /// Key for signatures.
    public var hmacKey: Secret?

    /// Creates the value from its fields.
    public init(
      apiKey: Secret? = nil, hmacKey: Secret? = nil
    ) {
      self.apiKey = apiKey
      self.hmacKey = hmacKey
    }
  }

  /// Part of an answer: project info response compute time.
  public struct ProjectInfoResponseComputeTime: StudioModel {
    /// Start of the period.
    public var periodStartDate: Timestamp
    /// End of the period.
    public var periodEndDate: Timestamp
    /// Time used, in milliseconds.
    public var timeUsedMs: Int
    /// Time left, in milliseconds.
    public var timeLeftMs: Int

    /// Creates the value from its fields.
    public init(
      periodStartDate: Timestamp, periodEndDate: Timestamp, timeUsedMs: Int, timeLeftMs: Int
    ) {
      self.periodStartDate = periodStartDate
      self.periodEndDate = periodEndDate
      self.timeUsedMs = timeUsedMs
      self.timeLeftMs = timeLeftMs
    }
  }

  /// Part of an answer: project info response acquisition settings.
  public struct ProjectInfoResponseAcquisitionSettings: StudioModel {
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Length, in milliseconds.
    public var lengthMs: Int
    /// Sensor.
    public var sensor: String?
    /// Its label.
    public var label: String?
    /// Segment length.
    public var segmentLength: Double?
    /// Whether segments are shifted at random.
    public var segmentShift: Bool
    /// Default page size.
    public var defaultPageSize: Int
    /// View type. One of `list`, `grid`.
    public var viewType: String
    /// Grid column count.
    public var gridColumnCount: Int
    /// Grid column count detailed.
    public var gridColumnCountDetailed: Int
    /// Whether Studio shows exact lengths.
    public var showExactSampleLength: Bool
    /// Whether boxes are edited in the list.
    public var inlineEditBoundingBoxes: Bool

    /// Creates the value from its fields.
    public init(
      intervalMs: Double, lengthMs: Int, sensor: String? = nil, label: String? = nil, segmentLength: Double? = nil,
      segmentShift: Bool, defaultPageSize: Int, viewType: String, gridColumnCount: Int, gridColumnCountDetailed: Int,
      showExactSampleLength: Bool, inlineEditBoundingBoxes: Bool
    ) {
      self.intervalMs = intervalMs
      self.lengthMs = lengthMs
      self.sensor = sensor
      self.label = label
      self.segmentLength = segmentLength
      self.segmentShift = segmentShift
      self.defaultPageSize = defaultPageSize
      self.viewType = viewType
      self.gridColumnCount = gridColumnCount
      self.gridColumnCountDetailed = gridColumnCountDetailed
      self.showExactSampleLength = showExactSampleLength
      self.inlineEditBoundingBoxes = inlineEditBoundingBoxes
    }
  }

  /// Part of an answer: project info response deploy settings.
  public struct ProjectInfoResponseDeploySettings: StudioModel {
    /// Whether the EON compiler is in use.
    public var eonCompiler: Bool
    /// Sensor. One of `accelerometer`, `microphone`, `camera`, `positional`, `environmental`, `fusion`, `unknown`.
    public var sensor: String
    /// Arduino library name.
    public var arduinoLibraryName: String
    /// Tinkergen library name.
    public var tinkergenLibraryName: String
    /// Particle library name.
    public var particleLibraryName: String
    /// Last deploy model engine.
    public var lastDeployModelEngine: String?

    /// Creates the value from its fields.
    public init(
      eonCompiler: Bool, sensor: String, arduinoLibraryName: String, tinkergenLibraryName: String,
      particleLibraryName: String, lastDeployModelEngine: String? = nil
    ) {
      self.eonCompiler = eonCompiler
      self.sensor = sensor
      self.arduinoLibraryName = arduinoLibraryName
      self.tinkergenLibraryName = tinkergenLibraryName
      self.particleLibraryName = particleLibraryName
      self.lastDeployModelEngine = lastDeployModelEngine
    }
  }

  /// Part of an answer: project info response experiments.
  public struct ProjectInfoResponseExperiments: StudioModel {
    /// Its kind.
    public var type: String
    /// Title that Studio shows.
    public var title: String
    /// Explanation that Studio shows.
    public var help: String?
    /// Whether it is switched on.
    public var enabled: Bool
    /// Whether the user sees it.
    public var showToUser: Bool

    /// Creates the value from its fields.
    public init(
      type: String, title: String, help: String? = nil, enabled: Bool, showToUser: Bool
    ) {
      self.type = type
      self.title = title
      self.help = help
      self.enabled = enabled
      self.showToUser = showToUser
    }
  }

  /// Part of an answer: anomaly labels config.
  public struct AnomalyLabelsConfig: StudioModel {
    /// Anomaly labels.
    public var anomalyLabels: [String]
    /// No anomaly labels.
    public var noAnomalyLabels: [String]

    /// Creates the value from its fields.
    public init(
      anomalyLabels: [String], noAnomalyLabels: [String]
    ) {
      self.anomalyLabels = anomalyLabels
      self.noAnomalyLabels = noAnomalyLabels
    }
  }

  /// Part of an answer: dataset split options.
  public struct DatasetSplitOptions: StudioModel {
    /// Training split ratio.
    public var trainingSplitRatio: Double
    /// Testing split ratio.
    public var testingSplitRatio: Double
    /// Validation split ratio.
    public var validationSplitRatio: Double?
    /// Whether to leave disabled recordings out.
    public var excludeDisabledSamples: Bool?
    /// Stratify by.
    public var stratifyBy: DatasetSplitOptionsStratifyBy?
    /// Metadata keys whose recordings stay in one part.
    public var keepTogetherMetadataKeys: [String]?

    /// Creates the value from its fields.
    public init(
      trainingSplitRatio: Double, testingSplitRatio: Double, validationSplitRatio: Double? = nil,
      excludeDisabledSamples: Bool? = nil, stratifyBy: DatasetSplitOptionsStratifyBy? = nil,
      keepTogetherMetadataKeys: [String]? = nil
    ) {
      self.trainingSplitRatio = trainingSplitRatio
      self.testingSplitRatio = testingSplitRatio
      self.validationSplitRatio = validationSplitRatio
      self.excludeDisabledSamples = excludeDisabledSamples
      self.stratifyBy = stratifyBy
      self.keepTogetherMetadataKeys = keepTogetherMetadataKeys
    }
  }

  /// Part of an answer: dataset split options stratify by.
  public struct DatasetSplitOptionsStratifyBy: StudioModel {
    /// Whether labels keep their proportions.
    public var label: Bool?
    /// Metadata keys.
    public var metadataKeys: [String]?

    /// Creates the value from its fields.
    public init(
      label: Bool? = nil, metadataKeys: [String]? = nil
    ) {
      self.label = label
      self.metadataKeys = metadataKeys
    }
  }
}
