// `compare` as users see it: text, JSON, web page, exit codes.
// A generated set is compared with itself, with a set of another configuration, and with files that are no sets.
// The page must load nothing from anywhere and must not let names of recordings become markup.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct CompareTests {
  private func generate(_ folder: TemporaryFolder, _ impulse: String, to output: String) throws {
    let outcome = try folder.edgedsp(
      "generate", Fixture.dataset, "--impulse", impulse, "--output", output, "--block", "2", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
  }

  @Test func equalSetsEndWith0() throws {
    try withTemporaryFolder { folder in
      try generate(folder, Fixture.impulse, to: "a")
      let outcome = try folder.edgedsp("compare", "a", "a/2-spectral-features/X.npy")
      #expect(outcome.code == 0 && outcome.output.hasPrefix("equal: all 43,632 values of 2,424 windows"), "\(outcome)")
    }
  }

  @Test func aDifferenceIsExplained() throws {
    try withTemporaryFolder { folder in
      let other = try Fixture.impulse(replacing: "\"do-fft-overlap\": \"true\"", with: "\"do-fft-overlap\": \"false\"")
      try folder.write(other, to: "studio.json")
      try generate(folder, Fixture.impulse, to: "a")
      try generate(folder, "studio.json", to: "b")
      let arguments = ["compare", "a", "b", "--impulse", Fixture.impulse, "--dataset", Fixture.dataset]
      let outcome = try Tool.run(arguments + ["--html", "page.html"], in: folder)
      #expect(outcome.code == 1)
      #expect(outcome.output.contains("probable cause: The FFT overlap flag (recomputed, 100 %)"), "\(outcome)")
      let page = try folder.text("page.html")
      #expect(page.contains("The FFT overlap flag") && !page.contains("://") && !page.contains("<script"))
      struct Report: Decodable {
        struct Cause: Decodable { let id: String }
        let verdict: String
        let causes: [Cause]
      }
      let json = try Tool.run(arguments + ["--json"], in: folder)
      let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
      #expect(report.verdict == "different" && report.causes.first?.id == "overlap-flag" && json.code == 1)
    }
  }

  @Test func toleranceAndNaN() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([1, .nan, 3, 4] as [Float], shape: [2, 2], to: folder.path("a.npy"))
      try NumPyWriter.write([1, .nan, 3.003, 4] as [Float], shape: [2, 2], to: folder.path("b.npy"))
      #expect(try folder.edgedsp("compare", "a.npy", "b.npy", "--tolerance", "0.001").code == 0)
      #expect(try folder.edgedsp("compare", "a.npy", "b.npy", "--tolerance", "0.0001").code == 1)
    }
  }

  @Test func namesDoNotBecomeMarkup() throws {
    try withTemporaryFolder { folder in
      let folders = ["a", "b"]
      for (index, name) in folders.enumerated() {
        try folder.write(
          "{\"featureLabels\":[\"<img src=x>\",\"b\"],\"labels\":[]}", to: "\(name)/labels.json")
        try NumPyWriter.write(
          [1, 2, 3, Float(4 + index)] as [Float], shape: [2, 2], to: folder.path("\(name)/X.npy"))
      }
      try NumPyWriter.write([9, 2, 3, 5] as [Float], shape: [2, 2], to: folder.path("c.npy"))
      let outcome = try folder.edgedsp("compare", "a", "c.npy", "--html", "page.html")
      #expect(outcome.code == 1)
      let page = try folder.text("page.html")
      #expect(page.contains("&lt;img src=x&gt;") && !page.contains("<img"))
    }
  }

  @Test func thePageShowsEqualSetsAndNaN() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([1, 2, 3, 4] as [Float], shape: [2, 2], to: folder.path("a.npy"))
      try NumPyWriter.write([1, .nan, 3, 4] as [Float], shape: [2, 2], to: folder.path("b.npy"))
      #expect(try folder.edgedsp("compare", "a.npy", "a.npy", "--html", "equal.html").code == 0)
      let equal = try folder.text("equal.html")
      #expect(equal.contains("<h1>All 4 values of 2 windows</h1>"))
      #expect(equal.contains("All 2 features are equal in all windows.") && !equal.contains("Features that differ"))
      let outcome = try folder.edgedsp("compare", "a.npy", "b.npy", "--html", "page.html")
      #expect(outcome.code == 1 && outcome.output.contains("NaN"), "\(outcome)")
      let page = try folder.text("page.html")
      #expect(page.contains("<td>2.0</td><td>NaN</td>") && page.contains("prefers-color-scheme:dark"))
      // One document: as many tags end as begin.
      for tag in ["section", "table", "tr", "td", "th", "div", "main", "header", "p", "article"] {
        let begins = page.components(separatedBy: "<\(tag)>").count + page.components(separatedBy: "<\(tag) ").count - 2
        #expect(begins == page.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
      }
    }
  }

  @Test func badInputEndsWithItsCode() throws {
    try withTemporaryFolder { folder in
      try folder.write("nonsense", to: "x.npy")
      #expect(try folder.edgedsp("compare", "x.npy", "x.npy").code == 65)
      #expect(try folder.edgedsp("compare", "nowhere", "x.npy").code == 66)
      #expect(try folder.edgedsp("compare", "x.npy", "x.npy", "--impulse", "i.json").code == 64)
    }
  }
}
