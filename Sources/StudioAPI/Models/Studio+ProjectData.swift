extension Studio {
  /// Answer: project data axes summary.
  public struct ProjectDataAxesSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of recordings by list of axes.
    public var dataAxisSummary: [String: Int]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, dataAxisSummary: [String: Int]
    ) {
      self.success = success
      self.error = error
      self.dataAxisSummary = dataAxisSummary
    }
  }

  /// Answer: project training data summary.
  public struct ProjectTrainingDataSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Data summary.
    public var dataSummary: ProjectTrainingDataSummaryResponseDataSummary

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, dataSummary: ProjectTrainingDataSummaryResponseDataSummary
    ) {
      self.success = success
      self.error = error
      self.dataSummary = dataSummary
    }
  }

  /// Part of an answer: project training data summary response data summary.
  public struct ProjectTrainingDataSummaryResponseDataSummary: StudioModel {
    /// Label names.
    public var labels: [String]
    /// Number of labels.
    public var totalLabels: Int
    /// Smallest numeric label.
    public var min: Int?
    /// Largest numeric label.
    public var max: Int?
    /// Mean numeric label.
    public var mean: Double?
    /// Number of recordings.
    public var dataCount: Int
    /// Whether recordings hold several labels.
    public var hasTimeseriesDataWithMultipleLabels: Bool
    /// Labels per key.
    public var labelsPerKey: [String: [String]]?

    /// Creates the value from its fields.
    public init(
      labels: [String], totalLabels: Int, min: Int? = nil, max: Int? = nil, mean: Double? = nil, dataCount: Int,
      hasTimeseriesDataWithMultipleLabels: Bool, labelsPerKey: [String: [String]]? = nil
    ) {
      self.labels = labels
      self.totalLabels = totalLabels
      self.min = min
      self.max = max
      self.mean = mean
      self.dataCount = dataCount
      self.hasTimeseriesDataWithMultipleLabels = hasTimeseriesDataWithMultipleLabels
      self.labelsPerKey = labelsPerKey
    }
  }

  /// Answer: last modification date.
  public struct LastModificationDateResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// When it changed last.
    public var lastModificationDate: Timestamp?
    /// When a version was last stored.
    public var lastVersionDate: Timestamp?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, lastModificationDate: Timestamp? = nil,
      lastVersionDate: Timestamp? = nil
    ) {
      self.success = success
      self.error = error
      self.lastModificationDate = lastModificationDate
      self.lastVersionDate = lastVersionDate
    }
  }

  /// Answer: project data interval.
  public struct ProjectDataIntervalResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Rate, in hertz.
    public var frequencyHz: Double
    /// Rates of each data stream.
    public var byDatastream: [ProjectDataIntervalResponseByDatastream]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, intervalMs: Double, frequencyHz: Double,
      byDatastream: [ProjectDataIntervalResponseByDatastream]
    ) {
      self.success = success
      self.error = error
      self.intervalMs = intervalMs
      self.frequencyHz = frequencyHz
      self.byDatastream = byDatastream
    }
  }

  /// Part of an answer: project data interval response by datastream.
  public struct ProjectDataIntervalResponseByDatastream: StudioModel {
    /// Its kind. One of `video`, `image`, `time-series`, `features`.
    public var type: String
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Rate, in hertz.
    public var frequencyHz: Double
    /// One per column.
    public var sensors: [ProjectDataIntervalResponseSensors]

    /// Creates the value from its fields.
    public init(
      type: String, intervalMs: Double, frequencyHz: Double, sensors: [ProjectDataIntervalResponseSensors]
    ) {
      self.type = type
      self.intervalMs = intervalMs
      self.frequencyHz = frequencyHz
      self.sensors = sensors
    }
  }

  /// Part of an answer: project data interval response sensors.
  public struct ProjectDataIntervalResponseSensors: StudioModel {
    /// Its name.
    public var name: String
    /// Unit, such as `m/s2`.
    public var units: String

    /// Creates the value from its fields.
    public init(
      name: String, units: String
    ) {
      self.name = name
      self.units = units
    }
  }

  /// Amount of data and its labels.
  public struct ProjectDataSummary: StudioModel {
    /// Duration, in milliseconds.
    public var totalLengthMs: Double
    /// Label names.
    public var labels: [String]
    /// Number of labels.
    public var totalLabels: Int
    /// Smallest numeric label.
    public var min: Int?
    /// Largest numeric label.
    public var max: Int?
    /// Mean numeric label.
    public var mean: Double?
    /// Number of recordings.
    public var dataCount: Int

    /// Creates the value from its fields.
    public init(
      totalLengthMs: Double, labels: [String], totalLabels: Int, min: Int? = nil, max: Int? = nil, mean: Double? = nil,
      dataCount: Int
    ) {
      self.totalLengthMs = totalLengthMs
      self.labels = labels
      self.totalLabels = totalLabels
      self.min = min
      self.max = max
      self.mean = mean
      self.dataCount = dataCount
    }
  }

  /// Part of an answer: project info response data summary per category.
  public struct ProjectInfoResponseDataSummaryPerCategory: StudioModel {
    /// Training data.
    public var training: ProjectDataSummary
    /// Testing data.
    public var testing: JSONValue
    /// Validation data.
    public var validation: JSONValue
    /// Post-processing data.
    public var postProcessing: JSONValue
    /// Anomaly data; clients up to 1.54 ask for it.
    public var anomaly: JSONValue?

    /// Creates the value from its fields.
    public init(
      training: ProjectDataSummary, testing: JSONValue, validation: JSONValue, postProcessing: JSONValue,
      anomaly: JSONValue? = nil
    ) {
      self.training = training
      self.testing = testing
      self.validation = validation
      self.postProcessing = postProcessing
      self.anomaly = anomaly
    }
  }
}
