extension Studio {
  /// Keys for devices.
  public struct DevelopmentKeys: StudioModel {
    /// API key.
    public var apiKey: Secret?
    /// Key for signatures.
    public var hmacKey: Secret?
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
  }

  /// Part of an answer: anomaly labels config.
  public struct AnomalyLabelsConfig: StudioModel {
    /// Anomaly labels.
    public var anomalyLabels: [String]
    /// No anomaly labels.
    public var noAnomalyLabels: [String]
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
  }

  /// Part of an answer: dataset split options stratify by.
  public struct DatasetSplitOptionsStratifyBy: StudioModel {
    /// Whether labels keep their proportions.
    public var label: Bool?
    /// Metadata keys.
    public var metadataKeys: [String]?
  }
}
