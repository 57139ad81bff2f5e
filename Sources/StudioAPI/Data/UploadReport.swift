/// What Studio answers to an upload.
extension Studio {
  /// Answer of the ingestion service.
  public struct IngestionResponse: StudioModel {
    /// Whether all files were taken.
    public var success: Bool?
    /// Why not.
    public var error: String?
    /// One entry per file.
    public var files: [IngestedFile]?

    /// Creates an answer.
    public init(success: Bool? = true, error: String? = nil, files: [IngestedFile]? = nil) {
      self.success = success
      self.error = error
      self.files = files
    }
  }

  /// What became of an uploaded file.
  public struct IngestedFile: StudioModel {
    /// Whether it was taken.
    public var success: Bool?
    /// Why not.
    public var error: String?
    /// Id of the new recording.
    public var sampleId: Int?
    /// Id of its project.
    public var projectId: Int?
    /// Its name.
    public var fileName: String?

    /// Creates an entry.
    public init(
      success: Bool? = true, error: String? = nil, sampleId: Int? = nil, projectId: Int? = nil,
      fileName: String? = nil
    ) {
      self.success = success
      self.error = error
      self.sampleId = sampleId
      self.projectId = projectId
      self.fileName = fileName
    }
  }
}

/// What became of the recordings of an upload, in the order of the input.
public struct UploadReport: Sendable {
  /// A recording that Studio took.
  public struct Success: Sendable, Equatable {
    /// Position in the input.
    public var index: Int
    /// Name as it was sent.
    public var fileName: String
    /// Id of the recording, where Studio says.
    public var sampleID: Int?
    /// Id of its project, where Studio says.
    public var projectID: Int?
  }

  /// A recording that did not arrive.
  public struct Failure: Sendable, Equatable {
    /// Position in the input.
    public var index: Int
    /// Name as it was to be sent.
    public var fileName: String
    /// Why. After more than one attempt a refused duplicate may be the recording of the first.
    public var error: StudioError
  }

  /// What was taken.
  public var successes: [Success] = []
  /// What was not.
  public var failures: [Failure] = []
  /// Whether nothing failed; true for an upload of nothing.
  public var success: Bool { failures.isEmpty }

  /// An empty report.
  public init() {}

  /// Appends the report of another batch, whose positions start at `offset`.
  public mutating func append(_ other: UploadReport, offset: Int) {
    for var entry in other.successes {
      entry.index += offset
      successes.append(entry)
    }
    for var entry in other.failures {
      entry.index += offset
      failures.append(entry)
    }
  }
}

/// How an upload goes about.
public struct UploadOptions: Sendable {
  /// Whether a recording that Studio has already may be stored again. Default false: uploads are then tried again.
  public var allowsDuplicates: Bool
  /// Requests under way at a time. Default 8.
  public var workers: Int
  /// Hears how many recordings are done.
  public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?

  /// Creates options.
  public init(
    allowsDuplicates: Bool = false, workers: Int = 8,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) {
    self.allowsDuplicates = allowsDuplicates
    self.workers = workers
    self.progress = progress
  }
}
