// Strategy: lists of spans with what they come to, by hand: overlaps from each side, neighbours, empty labels, ends of
// the number range. Then random lists against the definition, row by row: the last span that holds a row labels it.
// Gaps are refused with the span behind them, in label files and in Studio's list.

import Testing

@testable import Datasets

/// `0-4:a` for each span, joined by blanks.
private func spelled(_ spans: [LabelSpan]) -> String {
  spans.map { "\($0.start)-\($0.end):\($0.label)" }.joined(separator: " ")
}

private func spans(_ text: String) -> [LabelSpan] {
  text.split(separator: " ").map { item in
    let parts = item.split(separator: ":", omittingEmptySubsequences: false)
    let rows = parts[0].split(separator: "-").compactMap { Int($0) }
    return LabelSpan(start: rows[0], end: rows[1], label: String(parts[1]))
  }
}

private func label(_ text: String) throws -> RecordingLabel {
  let listed = spans(text).map { ListedSpan(startIndex: $0.start, endIndex: $0.end, label: $0.label) }
  return try ListedSpan.label(listed, file: "f") { .entry("labels[\($0)]") }
}

@Suite struct LabelCoverTests {
  @Test(arguments: [
    ("0-4:a 5-9:b", "0-4:a 5-9:b"), ("5-9:b 0-4:a", "0-4:a 5-9:b"),
    ("0-9:a 3-5:b", "0-2:a 3-5:b 6-9:a"), ("3-5:b 0-9:a", "0-9:a"), ("0-5:a 3-9:b", "0-2:a 3-9:b"),
    ("3-9:b 0-5:a", "0-5:a 6-9:b"), ("0-4:a 5-9:a", "0-9:a"), ("0-9:a 3-5:a", "0-9:a"),
    ("0-9:a 3-5:b 3-5:a", "0-9:a"), ("0-4:a 6-9:a", "0-4:a 6-9:a"), ("0-0:a", "0-0:a"), ("", ""),
    ("0-4:a 5-6: 7-9:a", "0-4:a 7-9:a"), ("0-9:a 3-5:", "0-2:a 6-9:a"), ("0-9:", ""), ("5-4:a 0-1:b", "0-1:b"),
    ("0-9223372036854775807:a 3-4:b", "0-2:a 3-4:b 5-9223372036854775806:a"),
  ])
  func flattens(list: String, result: String) {
    #expect(spelled(LabelSpan.flattened(spans(list))) == result)
  }

  @Test func keepsLabelsApartByBytes() {
    let list = [
      LabelSpan(start: 0, end: 1, label: "\u{E9}"), LabelSpan(start: 2, end: 3, label: "e\u{301}"),
      LabelSpan(start: 4, end: 5, label: "\u{E9}"), LabelSpan(start: 6, end: 7, label: "\u{E9}"),
    ]
    #expect(LabelSpan.flattened(list).map(\.end) == [1, 3, 7])
  }

  @Test(arguments: 0..<40)
  func agreesWithTheDefinition(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let list = (0..<Int.random(in: 0...30, using: &random)).map { _ in
      let start = Int.random(in: 0..<60, using: &random)
      let label = ["a", "b", "c", ""].randomElement(using: &random) ?? ""
      return LabelSpan(start: start, end: start + Int.random(in: 0..<12, using: &random), label: label)
    }
    let flat = LabelSpan.flattened(list)
    let byRow = { (row: Int, spans: [LabelSpan]) in spans.last { $0.start <= row && row <= $0.end }?.label ?? "" }
    #expect((0..<80).map { byRow($0, flat) } == (0..<80).map { byRow($0, list) })
    #expect(
      zip(flat, flat.dropFirst()).allSatisfy { $0.end + 1 < $1.start || $0.end < $1.start && $0.label != $1.label })
  }

  /// Every span lies on every other: a pass over all rows or all pairs would not end.
  @Test func copesWithManyLongSpans() {
    let list = (0..<100_000).map { LabelSpan(start: $0, end: 1 << 60, label: "l\($0 % 7)") }
    let flat = LabelSpan.flattened(list + list.reversed())
    #expect(flat == [LabelSpan(start: 0, end: 1 << 60, label: "l0")])
  }

  @Test(arguments: [
    ("1-4:a", "f: labels[0]: expected spans that leave no row out, found no span for row 0"),
    ("0-4:a 8-9:b", "f: labels[1]: expected spans that leave no row out, found no span for rows 5 to 7"),
    ("8-9:b 0-4:a 20-21:c", "f: labels[0]: expected spans that leave no row out, found no span for rows 5 to 7"),
    ("5-9:a 0-3:b", "f: labels[0]: expected spans that leave no row out, found no span for row 4"),
    ("0-3: 5-9:", "f: labels[1]: expected spans that leave no row out, found no span for row 4"),
  ])
  func refusesGaps(list: String, message: String) {
    do {
      Issue.record("\(try label(list))")
    } catch {
      #expect("\(error)" == message)
    }
  }

  @Test func readsSpansNormalized() throws {
    #expect(try label("5-9:b 0-4:a 8-9:a") == .multi(spans("0-4:a 5-7:b 8-9:a")))
    #expect(try label("0-4:a 5-6: 7-9:b") == .multi(spans("0-4:a 7-9:b")))
    #expect(try label("0-4: 5-6:") == .unlabeled)
    #expect(try label("") == .unlabeled)
  }

  @Test func refusesGapsInFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "x")
    let gap = #"[{"label":"x","startIndex":0,"endIndex":1},{"label":"y","startIndex":3,"endIndex":4}]"#
    let info =
      #"{"files":[{"path":"a.json","category":"training","label":{"type":"multi-label","labels":\#(gap)}}]}"#
    try folder.write("info.labels", info)
    let words = "expected spans that leave no row out, found no span for row 2"
    #expect(errors(folder.path) == ["info.labels: files[0].label.labels[1]: \(words)"])
    try folder.write(
      "info.labels", #"{"files":[{"path":"a.json","category":"training","label":{"type":"unlabeled"}}]}"#)
    try folder.write(
      "samples.json", #"[{"id":1,"filename":"a","category":"training","structuredLabels":\#(gap)}]"#)
    #expect(errors(folder.path) == ["samples.json: samples[0].structuredLabels[1]: \(words)"])
  }
}
