/// The part of a dataset that a recording belongs to.
public enum Category: String, Sendable, Equatable, CaseIterable {
  case training
  case testing
  case validation
  case anomaly
  case postProcessing = "post-processing"
  /// Studio decides on upload.
  case split

  /// The category that the folders of a relative path name: a word `train` or `training`, or a word
  /// `test`, `tests`, `testing`, `val` or `validation`. The innermost folder that names one decides.
  /// The file name has no say: there, `test` is a label. Nil when no folder names one.
  public init?(folderNamesIn path: String) {
    for folder in RecordingName.components(path).dropLast().reversed() {
      for word in folder.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        switch word {
        case "train", "training": self = .training
        case "test", "tests", "testing", "val", "validation": self = .testing
        default: continue
        }
        return
      }
    }
    return nil
  }
}
