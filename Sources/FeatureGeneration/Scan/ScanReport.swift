import Datasets

/// Everything that a scan has found out about a dataset, in an order that does not depend on threads.
public struct ScanReport: Sendable, Encodable {
  /// One recording, read to its end.
  public struct Recording: Sendable, Encodable {
    /// Relative to the dataset folder.
    public var path: String
    /// As Studio shows it.
    public var name: String
    /// As y has it.
    public var sampleID: Int
    /// `training`, `testing` or another of Studio's categories.
    public var category: String
    /// Its labels in the order of its rows, each once; empty where nobody has said.
    public var labels: [String]
    /// Of the file, or of the part of it that the recording is.
    public var byteCount: Int
    /// Nil, as all that follow, for a recording that cannot be read.
    public var format: String?
    /// Rows as they are in the file.
    public var rows: Int?
    /// Names of the axes.
    public var axes: [String]?
    /// Unit of each axis, as the file states it.
    public var units: [String]?
    /// Between two rows, in milliseconds. Nil for pictures.
    public var intervalMs: Double?
    /// In Hz, as Studio rounds it. Nil for pictures.
    public var frequencyHz: Double?
    /// Rows times interval, in seconds. Nil for pictures.
    public var durationSeconds: Double?
    /// Windows under the impulse. Nil without one, and for a recording that it cannot use.
    public var windows: Int?
    /// Rows at the impulse's rate, where the recording is resampled as a whole.
    public var resampledRows: Int?
  }

  /// Recordings with one label in one category. A recording with several labels counts for each.
  public struct Total: Sendable, Encodable, Equatable {
    /// The category.
    public var category: String
    /// The label; empty for rows and windows without one.
    public var label: String
    /// Recordings in which it occurs, also those that cannot be read.
    public var recordings: Int
    /// Of the rows with this label, in seconds.
    public var durationSeconds: Double
    /// Windows with this label under the impulse; nil without one.
    public var windows: Int?
  }

  /// Something that a user should know.
  public struct Problem: Sendable, Encodable {
    /// `error`, `warning` or `notice`, see `DatasetProblem.Severity`.
    public var severity: String
    /// Relative to the dataset folder.
    public var file: String
    /// A sentence about the file.
    public var message: String
  }

  /// A file that is not used.
  public struct Ignored: Sendable, Encodable {
    /// Relative to the dataset folder.
    public var path: String
    /// As the end of the sentence "not used: …".
    public var reason: String
  }

  /// The folder, as it was given.
  public var dataset: String
  /// In the order of Studio's list: the newest first.
  public var recordings: [Recording]
  /// Training first, labels in code-point order, none last.
  public var totals: [Total]
  /// What `generate` would write; nil without an impulse.
  public var forecast: ScanForecast?
  /// The worst first, then by path.
  public var problems: [Problem]
  /// By path.
  public var ignored: [Ignored]
  /// Problems that keep `generate` from its work.
  public var errors: Int
  /// Problems that cost a recording.
  public var warnings: Int
  /// All other problems.
  public var notices: Int
}

/// What `generate` would write.
public struct ScanForecast: Sendable, Encodable {
  /// One feature set.
  public struct Block: Sendable, Encodable {
    /// Studio's id.
    public var blockID: Int
    /// Its name.
    public var name: String
    /// Studio's type string.
    public var type: String
    /// Name of its folder.
    public var folder: String
    /// Features of a window.
    public var featureCount: Int
    /// Of `X.npy` and `y.npy`, without headers.
    public var byteCount: Int
    /// Time for all windows on one thread, measured on noise.
    public var seconds: Double
  }

  /// Which recordings: a category, or `all`.
  public var category: String
  /// Recordings that are used: those of the category that are in the subset and can be read.
  public var recordings: Int
  /// Their windows.
  public var windows: Int
  /// One for each block.
  public var blocks: [Block]
  /// Threads that the time is for.
  public var threads: Int
  /// About how long `generate` takes: reading as long as the scan has taken, and the blocks' time. Writing to a slow
  /// disk and resampling come on top.
  public var seconds: Double
}

/// How far a scan is.
public struct ScanProgress: Sendable {
  /// Recordings that have been read.
  public var recordings = 0
  /// All of them.
  public let recordingsTotal: Int
  /// Bytes of recordings that have been read.
  public var bytes = 0
  /// Bytes of all of them.
  public let bytesTotal: Int
}
