extension Studio {
  /// Answer: project data axes summary.
  public struct ProjectDataAxesSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of recordings by list of axes.
    public var dataAxisSummary: [String: Int]
  }

  /// Answer: project training data summary.
  public struct ProjectTrainingDataSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Data summary.
    public var dataSummary: ProjectTrainingDataSummaryResponseDataSummary
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
  }

  /// Part of an answer: project data interval response sensors.
  public struct ProjectDataIntervalResponseSensors: StudioModel {
    /// Its name.
    public var name: String
    /// Unit, such as `m/s2`.
    public var units: String
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
  }
}
