/// Where Studio's list of samples, which counts, says something else than label files and folders do.
struct LabelContradictions {
  private var labels: (first: String, path: String, count: Int)?
  private var categories: (first: String, path: String, count: Int)?

  /// Looks at a recording that the list gives a label and a category.
  mutating func compare(_ recording: DatasetListing.Recording, with label: RecordingLabel, _ category: Category) {
    let path = recording.numbered(recording.file.path)
    if recording.isLabeled, recording.label != label {
      let first = "\(Self.words(label)), that of the label file \(Self.words(recording.label))"
      labels = (labels?.first ?? first, labels?.path ?? path, (labels?.count ?? 0) + 1)
    }
    if !recording.isUndecided, recording.category != category {
      let first =
        "\(category.rawValue), that of \(recording.isLabeled ? "the label file" : "the folder") "
        + recording.category.rawValue
      categories = (categories?.first ?? first, categories?.path ?? path, (categories?.count ?? 0) + 1)
    }
  }

  /// One for labels and one for categories, if there are any.
  ///
  /// - Parameter list: the list's name.
  func problems(of list: String) -> [DatasetProblem] {
    [("label", labels), ("category", categories)].compactMap { kind, found in
      found.map {
        DatasetProblem(
          severity: .notice, file: $0.path,
          message: "\(list) has the say: its \(kind) is \($0.first) (recordings that differ: \($0.count))")
      }
    }
  }

  private static func words(_ label: RecordingLabel) -> String {
    switch label {
    case .unlabeled: "none"
    case .single(let text): DatasetError.quoted(text)
    case .multi(let spans): "\(spans.count) spans"
    }
  }
}
