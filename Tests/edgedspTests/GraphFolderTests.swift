// `block run --graphs` writes one file a graph and the list of all; the features it prints stay the same.
// What the graphs show is the subject of other tests: here the names of the files, that each is complete, and that
// the list is JSON with the fields that Studio's model demands.
// A block without graphs and each mistake once: a file in the place of the folder, a folder in the place of a file.
// A second run replaces the files of the first.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct GraphFolderTests {
  private let run = ["block", "run", "spectral-analysis", "w.npy", "--frequency", "62.5", "--axes", "x,y,z"]

  private func writeWindow(_ folder: TemporaryFolder) throws {
    try NumPyWriter.write((0..<375).map { Float($0 * 37 % 101) }, shape: [125, 3], to: folder.path("w.npy"))
  }

  @Test func oneFileAGraph() throws {
    try withTemporaryFolder { folder in
      try writeWindow(folder)
      let plain = try Tool.run(run, in: folder)
      let outcome = try Tool.run(
        run + ["--params", "{\"filter-type\": \"low\"}", "--graphs", "new/graphs"], in: folder)
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let files = folder.snapshot("new/graphs")
      let drawings = ["01-filter-response.svg", "02-after-filter.svg", "03-spectral-power-log.svg"]
      #expect(files.keys.sorted() == drawings + ["graphs.json"])
      for name in drawings {
        let text = try folder.text("new/graphs/\(name)")
        #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
      }
      let json = try JSONSerialization.jsonObject(with: try folder.data("new/graphs/graphs.json"))
      let graphs = try #require(json as? [[String: Any]])
      #expect(
        graphs.compactMap { $0["name"] as? String } == ["Filter response", "After filter", "Spectral power (log)"])
      #expect(graphs.allSatisfy { $0["type"] as? String == "linear" })
      let lines = try #require(graphs.last?["X"] as? [String: [Double]])
      #expect(lines.keys.sorted() == ["x", "y", "z"] && lines.values.allSatisfy { $0.count == 9 })

      // Without a filter there is one graph less; the features are those of a run without graphs.
      let second = try Tool.run(run + ["--graphs", "new/graphs/"], in: folder)
      #expect(second.output == plain.output && second.code == 0)
      #expect(try folder.data("new/graphs/graphs.json") != files["graphs.json"])
      #expect(Set(folder.snapshot("new/graphs").keys).contains("02-spectral-power-log.svg"))
    }
  }

  @Test func picturesAreFilesOfTheirKind() throws {
    try withTemporaryFolder { folder in
      try NumPyWriter.write([2, 1, 255, 65280, 0, 7] as [Float], shape: [6], to: folder.path("p.npy"))
      let outcome = try folder.edgedsp("block", "run", "image", "p.npy", "--graphs", "g")
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(folder.snapshot("g").keys.sorted() == ["01-frame-1.png", "02-frame-2.png", "graphs.json"])
      let json = try JSONSerialization.jsonObject(with: try folder.data("g/graphs.json")) as? [[String: Any]]
      let images = (json ?? []).compactMap { Data(base64Encoded: $0["image"] as? String ?? "") }
      #expect(images == [try folder.data("g/01-frame-1.png"), try folder.data("g/02-frame-2.png")])
    }
  }

  @Test func blockWithoutGraphs() throws {
    try withTemporaryFolder { folder in
      try writeWindow(folder)
      let outcome = try folder.edgedsp(
        "block", "run", "flatten", "w.npy", "--frequency", "10", "--axes", "x,y,z", "--graphs", "g")
      #expect(outcome.code == 0 && outcome.errors == "note: this block draws no graphs\n")
      #expect(folder.snapshot("g") == ["graphs.json": Data("[]\n".utf8)])
    }
  }

  @Test(arguments: [
    ("file", "file: is not a folder"),
    ("file/g", "file: is not a folder"),
    ("taken", "taken/01-after-filter.svg: cannot put in place: Is a directory"),
  ])
  func placesThatTakeNoGraphs(path: String, line: String) throws {
    try withTemporaryFolder { folder in
      try writeWindow(folder)
      try folder.write("own", to: "file")
      try folder.write("own", to: "taken/01-after-filter.svg/file")
      let outcome = try Tool.run(run + ["--graphs", path], in: folder)
      // Features come first: a picture that cannot be written loses none.
      #expect(outcome.code == 73 && outcome.output.hasPrefix("{\"features\":"))
      #expect(outcome.errors.hasPrefix("error: \(line)") && outcome.errorLines.count == 1, "\(outcome.errors)")
      #expect(try folder.text("file") == "own")
    }
  }
}
