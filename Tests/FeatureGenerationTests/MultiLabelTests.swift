// A small recording with labels by rows goes through generation under both labelling methods, from each file that can
// hold such labels. The expected labels are worked out row by row: one label a row, counted in each window.
import Datasets
import Testing

@testable import FeatureGeneration

struct MultiLabelTests {
  private static let recording = SyntheticRecording(name: "x.1.json", rows: 61, seed: 3)

  /// Rows 20 to 24 go to the later span; row 60 is the last.
  private static let spans = """
    [{"startIndex":0,"endIndex":24,"label":"idle"},{"startIndex":20,"endIndex":33,"label":"grind"},\
    {"startIndex":34,"endIndex":34,"label":"pump"},{"startIndex":35,"endIndex":60,"label":"idle"}]
    """

  private static let rows: [String] =
    Array(repeating: "idle", count: 20) + Array(repeating: "grind", count: 14) + ["pump"]
    + Array(repeating: "idle", count: 26)

  private static let files = [
    "structured_labels.labels": #"{"version":1,"type":"structured-labels","structuredLabels":{"x.1.json":SPANS}}"#,
    "info.labels":
      #"{"version":1,"files":[{"path":"x.1.json","category":"training","label":{"type":"multi-label","labels":SPANS}}]}"#,
  ]

  private static func expected(_ labeling: WindowLabeling, rows size: Int, hop: Int) -> [String] {
    stride(from: 0, through: rows.count - size, by: hop).map { start in
      let window = rows[start..<start + size]
      guard case .anywhereInWindow(let wanted) = labeling else { return window[start + size - 1] }
      let counts = wanted.map { label in window.count { $0 == label } }
      guard let most = counts.max(), most > 0, let best = counts.firstIndex(of: most) else {
        return window[start + size - 1]
      }
      return wanted[best]
    }
  }

  @Test(
    arguments: files.keys.sorted(),
    [.endOfWindow, .anywhereInWindow(["pump"]), .anywhereInWindow(["pump", "grind"])] as [WindowLabeling])
  func labelsWindows(file: String, labeling: WindowLabeling) throws {
    try withTemporaryFolder { folder in
      try Self.recording.write(to: folder, in: "data")
      try folder.write(Self.files[file]?.replacing("SPANS", with: Self.spans) ?? "", to: "data/\(file)")
      var impulse = SyntheticImpulse(sizeMs: 128, increaseMs: 48)
      impulse.labeling = labeling
      _ = try impulse.generator().generate(folder.dataset(), to: folder.path("out"))
      let labels = try folder.metadata("2-raw").labels
      #expect(labels == ["grind", "idle", "pump"])
      let found = try folder.y("2-raw").map { labels[Int($0[0]) - 1] }
      #expect(firstDifference(found, Self.expected(labeling, rows: 8, hop: 3)) == nil)
    }
  }
}
