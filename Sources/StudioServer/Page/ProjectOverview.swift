import FeatureGeneration

/// The project in numbers.
struct ProjectOverview: Encodable {
  /// A category or a label with its recordings.
  struct Count: Encodable {
    var name: String
    var recordings: Int
  }

  let success = true
  let version = EdgeDSPVersion.current
  let name: String
  let isReadOnly: Bool
  /// Categories that have recordings.
  let categories: [Count]
  /// All labels, sorted. A recording with several counts for each.
  let labels: [Count]
  /// Recordings without a label.
  let unlabeled: Int

  /// - Complexity: O(recordings).
  init(_ project: LocalProject) {
    let recordings = project.contents.recordings
    var categories: [String: Int] = [:]
    var labels: [String: Int] = [:]
    var unlabeled = 0
    for entry in recordings.entries {
      categories[entry.category.rawValue, default: 0] += 1
      let texts = Set(entry.labelTexts)
      for label in texts { labels[label, default: 0] += 1 }
      if texts.isEmpty { unlabeled += 1 }
    }
    name = project.name
    isReadOnly = project.isReadOnly
    self.categories = categories.sorted { $0.key > $1.key }.map { Count(name: $0, recordings: $1) }
    self.labels = recordings.labels.labels.map { Count(name: $0, recordings: labels[$0] ?? 0) }
    self.unlabeled = unlabeled
  }
}
