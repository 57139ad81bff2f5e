/// A span as Studio writes it, in label files and in its list of samples.
struct ListedSpan: Decodable {
  let startIndex: Int
  let endIndex: Int
  let label: String

  /// The label that `spans` make. Together they must hold every row from 0 to the last that any of them holds; of
  /// spans that overlap, the later one wins. Whether that is the recording's last row shows only when it is read.
  ///
  /// `place` gives the position of an entry, for errors.
  static func label(
    _ spans: [ListedSpan], file: String, place: (Int) -> DatasetError.Position
  ) throws(DatasetError) -> RecordingLabel {
    for (index, span) in spans.enumerated() where span.startIndex < 0 || span.endIndex < span.startIndex {
      throw DatasetError(
        file: file, position: place(index), expected: "0 <= startIndex <= endIndex",
        found: "\(span.startIndex) and \(span.endIndex)")
    }
    let cover = LabelCover(spans.map { LabelSpan(start: $0.startIndex, end: $0.endIndex, label: $0.label) })
    if let (rows, entry) = cover.gap {
      let missing =
        rows.count == 1 ? "row \(rows.lowerBound)" : "rows \(rows.lowerBound) to \(rows.upperBound)"
      throw DatasetError(
        file: file, position: place(entry), expected: "spans that leave no row out",
        found: "no span for \(missing)")
    }
    let labels = cover.labels
    return labels.isEmpty ? .unlabeled : .multi(labels)
  }
}
