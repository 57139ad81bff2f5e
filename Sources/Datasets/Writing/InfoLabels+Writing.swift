extension InfoLabels {
  /// The label file of recordings: path, name, category, label and metadata of each, one a line.
  static func text(_ recordings: [(path: String, entry: DatasetEntry)]) -> String {
    let lines = recordings.map { path, entry in
      let label =
        switch entry.label {
        case .unlabeled: "{\"type\": \"unlabeled\"}"
        case .single(let label): "{\"type\": \"label\", \"label\": \(JSONWords.quoted(label))}"
        case .multi(let spans):
          "{\"type\": \"multi-label\", \"labels\": [\(spans.map(\.json).joined(separator: ", "))]}"
        }
      let metadata = entry.metadata.sorted { $0.key < $1.key }.map {
        "\(JSONWords.quoted($0.key)): \(JSONWords.quoted($0.value))"
      }
      return "{\"path\": \(JSONWords.quoted(path)), \"name\": \(JSONWords.quoted(entry.name)), "
        + "\"category\": \"\(entry.category.rawValue)\", \"label\": \(label), "
        + "\"metadata\": {\(metadata.joined(separator: ", "))}}"
    }
    return "{\"version\": 1, \"files\": [\n\(lines.joined(separator: ",\n"))\n]}\n"
  }
}
