extension Studio {
  /// Request: generate features.
  public struct GenerateFeaturesRequest: StudioModel {
    /// Id of the processing block.
    public var dspId: Int
    /// Whether to calculate feature importance.
    public var calculateFeatureImportance: Bool?
    /// Whether to skip the feature explorer.
    public var skipFeatureExplorer: Bool?
    /// Normalisation of the features.
    public var normalizeData: DSPNormalizeData?

    /// Creates the value from its fields.
    public init(
      dspId: Int, calculateFeatureImportance: Bool? = nil, skipFeatureExplorer: Bool? = nil,
      normalizeData:
        DSPNormalizeData? = nil
    ) {
      self.dspId = dspId
      self.calculateFeatureImportance = calculateFeatureImportance
      self.skipFeatureExplorer = skipFeatureExplorer
      self.normalizeData = normalizeData
    }
  }

  /// Request: autotune DSP.
  public struct AutotuneDSPRequest: StudioModel {
    /// Id of the processing block.
    public var dspId: Int
    /// Parameters by key; every value is text.
    public var config: [String: String]?

    /// Creates the value from its fields.
    public init(dspId: Int, config: [String: String]? = nil) {
      self.dspId = dspId
      self.config = config
    }
  }

  /// Answer: get job.
  public struct GetJobResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The job.
    public var job: Job

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, job: Job
    ) {
      self.success = success
      self.error = error
      self.job = job
    }
  }

  /// A job that runs, waits or is over.
  public struct Job: StudioModel {
    /// Its id.
    public var id: Int
    /// Kind of work.
    public var category: String
    /// Category key.
    public var categoryKey: String
    /// Key.
    public var key: String
    /// When it was created.
    public var created: Timestamp
    /// When it started; absent while it waits.
    public var started: Timestamp?
    /// When it ended; absent while it waits or runs.
    public var finished: Timestamp?
    /// Whether it succeeded; absent until it has ended.
    public var finishedSuccessful: Bool?
    /// Ids of the users who hear of the job.
    public var jobNotificationUids: [Int]
    /// More about the job.
    public var additionalInfo: String?
    /// Time that the job took, in seconds.
    public var computeTime: Double?
    /// Who started it.
    public var createdByUser: CreatedUpdatedByUser?
    /// Category count.
    public var categoryCount: Int?
    /// Metadata by key.
    public var metadata: [String: JSONValue]?

    /// Creates the value from its fields.
    public init(
      id: Int, category: String, categoryKey: String, key: String, created: Timestamp, started: Timestamp? = nil,
      finished: Timestamp? = nil, finishedSuccessful: Bool? = nil, jobNotificationUids: [Int],
      additionalInfo: String? = nil, computeTime: Double? = nil, createdByUser: CreatedUpdatedByUser? = nil,
      categoryCount: Int? = nil, metadata: [String: JSONValue]? = nil
    ) {
      self.id = id
      self.category = category
      self.categoryKey = categoryKey
      self.key = key
      self.created = created
      self.started = started
      self.finished = finished
      self.finishedSuccessful = finishedSuccessful
      self.jobNotificationUids = jobNotificationUids
      self.additionalInfo = additionalInfo
      self.computeTime = computeTime
      self.createdByUser = createdByUser
      self.categoryCount = categoryCount
      self.metadata = metadata
    }
  }

  /// Who started a job.
  public struct CreatedUpdatedByUser: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Username.
    public var username: String
    /// Address of a picture.
    public var photo: String?

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, username: String, photo: String? = nil
    ) {
      self.id = id
      self.name = name
      self.username = username
      self.photo = photo
    }
  }

  /// Answer: log stdout.
  public struct LogStdoutResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Lines of the log.
    public var stdout: [JobLogItem]
    /// Number of entries before any limit.
    public var totalCount: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, stdout: [JobLogItem], totalCount: Int
    ) {
      self.success = success
      self.error = error
      self.stdout = stdout
      self.totalCount = totalCount
    }
  }

  /// A line of a job's log.
  public struct JobLogItem: StudioModel {
    /// When it was created.
    public var created: Timestamp
    /// The line.
    public var data: String
    /// How serious the line is. One of `error`, `warn`, `info`, `debug`.
    public var logLevel: String?

    /// Creates the value from its fields.
    public init(
      created: Timestamp, data: String, logLevel: String? = nil
    ) {
      self.created = created
      self.data = data
      self.logLevel = logLevel
    }
  }

  /// Answer: list jobs.
  public struct ListJobsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The jobs.
    public var jobs: [Job]
    /// Total job count.
    public var totalJobCount: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, jobs: [Job], totalJobCount: Int
    ) {
      self.success = success
      self.error = error
      self.jobs = jobs
      self.totalJobCount = totalJobCount
    }
  }

  /// Answer: job summary.
  public struct JobSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Time by kind of work.
    public var summary: [JobSummaryResponseSummary]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, summary: [JobSummaryResponseSummary]
    ) {
      self.success = success
      self.error = error
      self.summary = summary
    }
  }

  /// Time that jobs of one kind took.
  public struct JobSummaryResponseSummary: StudioModel {
    /// Part of the dataset.
    public var category: String
    /// Length, in milliseconds.
    public var lengthMs: Int

    /// Creates the value from its fields.
    public init(
      category: String, lengthMs: Int
    ) {
      self.category = category
      self.lengthMs = lengthMs
    }
  }
}
