// The reference paints one label a row, span after span, and looks at the rows of the window one by one.
// Random spans overlap, leave gaps and reach beyond the recording; random windows lie anywhere.
// Then the rules that a reader would ask about, each by an example: ties, gaps, labels that nobody has used.
// Class numbers are checked against an order of Unicode scalars that is written down by hand.
import Datasets
import Testing

@testable import FeatureGeneration

struct WindowLabelingTests {
  /// 0...4 a, 5...9 b, 12...19 a: rows 10 and 11 have no label.
  private static let gesture = RecordingLabel.multi([
    LabelSpan(start: 0, end: 4, label: "a"), LabelSpan(start: 5, end: 9, label: "b"),
    LabelSpan(start: 12, end: 19, label: "a"),
  ])

  private func label(_ method: WindowLabeling, _ recording: RecordingLabel, _ rows: ClosedRange<Int>) -> String? {
    method.label(of: LabelTimeline(recording), first: rows.lowerBound, last: rows.upperBound)
  }

  @Test(
    arguments: [
      (0...4, "a"), (0...5, "b"), (4...9, "b"), (8...10, nil), (11...12, "a"), (15...25, nil), (19...19, "a"),
    ] as [(ClosedRange<Int>, String?)])
  func endOfWindowIsTheLastRow(rows: ClosedRange<Int>, expected: String?) {
    #expect(label(.endOfWindow, Self.gesture, rows) == expected)
  }

  @Test(
    arguments: [
      (["b"], 0...5, "b"), (["b"], 0...4, "a"), (["b"], 10...13, "a"), (["b"], 9...11, "b"), (["b"], 10...11, nil),
      (["a", "b"], 3...6, "a"), (["b", "a"], 3...6, "b"), (["b", "a"], 2...6, "a"), (["a", "b"], 4...6, "b"),
      (["c"], 0...4, "a"), (["c", "b"], 0...9, "b"),
    ] as [([String], ClosedRange<Int>, String?)])
  func anywhereCountsRows(wanted: [String], rows: ClosedRange<Int>, expected: String?) {
    #expect(label(.anywhereInWindow(wanted), Self.gesture, rows) == expected)
  }

  /// Rows 5...9 belong to b alone, so a has 3 rows in the window and b has 5.
  @Test func overlappedRowsCountForTheLaterSpan() {
    let recording = RecordingLabel.multi([
      LabelSpan(start: 0, end: 9, label: "a"), LabelSpan(start: 5, end: 9, label: "b"),
    ])
    #expect(label(.anywhereInWindow(["a", "b"]), recording, 2...9) == "b")
    #expect(label(.endOfWindow, recording, 0...9) == "b")
    #expect(label(.endOfWindow, recording, 0...4) == "a")
  }

  @Test func oneLabelHoldsEverywhere() {
    for method in [WindowLabeling.endOfWindow, .anywhereInWindow(["other"])] {
      #expect(label(method, .single("a"), 0...9) == "a")
      #expect(label(method, .unlabeled, 0...9) == nil)
      #expect(label(method, .multi([]), 0...9) == nil)
    }
  }

  @Test func equalsRowByRowReading() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<2_000 {
      let spans = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        let start = Int.random(in: 0...40, using: &random)
        let end = Bool.random(using: &random) ? start + Int.random(in: 0...15, using: &random) : .max
        return LabelSpan(start: start, end: end, label: ["a", "b", "c"].randomElement(using: &random) ?? "")
      }
      var painted = [String?](repeating: nil, count: 80)
      for span in spans { for row in span.start...min(span.end, 79) { painted[row] = span.label } }
      let first = Int.random(in: 0...60, using: &random)
      let last = first + Int.random(in: 0...19, using: &random)
      let wanted = ["a", "b", "d"].shuffled(using: &random)
      let counts = wanted.map { label in painted[first...last].count { $0 == label } }
      let most = counts.max() ?? 0
      let anywhere = counts.firstIndex(of: most).flatMap { most > 0 ? wanted[$0] : nil } ?? painted[last]

      let recording = RecordingLabel.multi(spans)
      let found = [
        label(.endOfWindow, recording, first...last), label(.anywhereInWindow(wanted), recording, first...last),
      ]
      if found != [painted[last], anywhere] {
        Issue.record("\(spans), rows \(first)...\(last), wanted \(wanted): \(found)")
        return
      }
    }
  }

  @Test func classesAreSortedByCodePoint() {
    let sorted = ["10", "9", "A", "Z", "_", "a", "a b", "ab", "é", "е", "波", "\u{FFFD}", "🙂"]
    let classes = ClassLabels(sorted.shuffled().map { .single($0) })
    #expect(classes.labels == sorted)
    #expect(sorted.map { classes.index(of: $0) } == (1...13).map { Int32($0) })
  }

  @Test func classesAreCollectedFromAllLabels() {
    let classes = ClassLabels([.single("wave"), .unlabeled, Self.gesture, .single("wave"), .multi([])])
    #expect(classes.labels == ["a", "b", "wave"])
    #expect(classes.index(of: nil) == 0)
    #expect(classes.index(of: "unknown") == 0)
    #expect(ClassLabels([RecordingLabel]()).labels.isEmpty)
  }

  /// Studio compares bytes: the same letter in two spellings is two classes, in code-point order.
  @Test func canonicallyEqualLabelsAreTwoClasses() {
    let classes = ClassLabels([.single("\u{E9}"), .single("e\u{301}")])
    #expect(classes.labels.count == 2)
    #expect([classes.index(of: "\u{E9}"), classes.index(of: "e\u{301}")] == [2, 1])
  }
}
