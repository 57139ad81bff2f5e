/// One recording of a dataset, not yet opened.
public struct DatasetEntry: Sendable, Equatable {
  /// Path relative to the dataset folder, as messages show it. A recording that is cut out of a file has its number
  /// behind it: `training/wave.csv.s2`.
  public var path: String
  /// Path for opening the file.
  public var filePath: String
  /// The recording's name in Studio: as its label file states it, else the file name without its last
  /// extension.
  public var name: String
  /// The part of the dataset that it belongs to.
  public var category: Category
  /// What it shows.
  public var label: RecordingLabel
  /// Studio's sample id; fits 32 bits. Numbered from 1 in listing order when Studio's list is not there.
  public var sampleID: Int
  /// Size of the file in bytes, or of the part of it that the recording is.
  public var byteCount: Int
  /// Free text by key, from the label file or from Studio's list.
  public var metadata: [String: String]
  /// What is to be seen in parts of a picture, from a label file; empty where nobody has said.
  public var boundingBoxes: [BoundingBox] = []
  /// Further labels by key, from `label_map.labels`.
  public var labelMap: [String: String] = [:]
  /// How the file is read where its format leaves room.
  public var reading = ReadingOptions()

  /// Creates an entry; `Dataset.open` makes them from a folder.
  public init(
    path: String, filePath: String, name: String, category: Category, label: RecordingLabel, sampleID: Int,
    byteCount: Int, metadata: [String: String] = [:]
  ) {
    self.path = path
    self.filePath = filePath
    self.name = name
    self.category = category
    self.label = label
    self.sampleID = sampleID
    self.byteCount = byteCount
    self.metadata = metadata
  }

  /// Opens the recording. At its end, the reader's remarks tell how many rows its label leaves out.
  /// - Throws: `DatasetError`, which names the file by its `path`.
  public func open() throws(DatasetError) -> any RecordingReader {
    let reader = try RecordingFile.open(path: filePath, displayName: path, options: reading)
    guard case .multi(let spans) = label else { return reader }
    return LabeledReader(reader, spans: spans)
  }
}

/// A file in a dataset folder that is not used, and why.
public struct IgnoredFile: Sendable, Equatable {
  /// Path relative to the dataset folder.
  public var path: String
  /// The reason, as the end of the sentence "not used: …".
  public var reason: String
}
