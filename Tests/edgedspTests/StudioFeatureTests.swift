// `studio download` and `check`: features that the server hands out are those that `generate` wrote for the same
// recordings, so `compare` and `check` must say equal; one changed value, and they must not.
// `compare` must find the same in sets that it fetches, and leave none of their files behind, whatever happens.
// A second check must not download recordings again, and one whose content has changed must be fetched anew.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct StudioFeatureTests {
  /// Lets the server hand out a set that `generate` has left in a folder.
  private func serve(_ folder: TemporaryFolder, _ set: String, block: Int, from server: StudioProjectServer) throws {
    for (name, path) in [("X.npy", "x/training"), ("y.npy", "y/training")] {
      let data = try folder.data("\(set)/\(name)")
      server.state.withLock { $0.files["dsp-data/\(block)/\(path)"] = data }
    }
    let metadata = try folder.data("\(set)/metadata.json")
    server.state.withLock { $0.files["dsp/\(block)/metadata"] = metadata }
  }

  @Test func whatIsDownloadedCompares() throws {
    try withProject { server, folder in
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition(rows(40)), to: "data/training/wave.1.json")
      #expect(try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "local", "--raw").code == 0)
      try serve(folder, "local/2-raw", block: 2, from: server)
      let raw = try folder.data("local/2-raw/X_raw.npy")
      server.state.withLock { $0.files["dsp-data/2/x/training?raw"] = raw }
      let dry = try server.edgedsp("studio", "download", "--block", "2", "-o", "studio", "--dry-run", in: folder)
      #expect(dry.code == 0 && !FileManager.default.fileExists(atPath: folder.path("studio")), "\(dry)")
      let outcome = try server.edgedsp("studio", "download", "--block", "2", "-o", "studio", in: folder)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(folder.snapshot("studio").keys.sorted() == ["X.npy", "metadata.json", "y.npy"])
      let again = try server.edgedsp("studio", "download", "--block", "2", "-o", "studio", "--raw", in: folder)
      let written = try folder.data("studio/X_raw.npy")
      #expect(again.code == 0 && written == raw)
      let exists = try server.edgedsp("studio", "download", "--block", "2", "-o", "studio", "--data", in: folder)
      #expect(exists.code == 73 && exists.errors.contains("--overwrite"), "\(exists)")
      let compared = try folder.edgedsp("compare", "local", "studio")
      #expect(compared.code == 0 && compared.output.hasPrefix("equal"), "\(compared)")
    }
  }

  /// A generated set that the server hands out as block 2.
  private func served(_ folder: TemporaryFolder, from server: StudioProjectServer) throws {
    try folder.write(smallImpulse, to: "impulse.json")
    try folder.write(acquisition(rows(40)), to: "data/training/wave.1.json")
    #expect(try folder.edgedsp("generate", "data", "--impulse", "impulse.json", "-o", "local").code == 0)
    try serve(folder, "local/2-raw", block: 2, from: server)
  }

  private func leftovers(_ folder: TemporaryFolder) -> [String] {
    folder.snapshot(".").keys.filter { $0.contains("edgedsp-compare") }
  }

  @Test func fetchedSetsCompare() throws {
    try withProject { server, folder in
      try served(folder, from: server)
      let equal = try server.edgedsp("compare", "local/2-raw", "studio:7/2", in: folder, project: false)
      #expect(equal.code == 0 && equal.output.hasPrefix("equal: all 140 values of 7 windows"), "\(equal)")
      #expect(equal.output.contains("windows paired by sample id and window start, features by label"), "\(equal)")
      let asked = server.requests.filter { $0.hasPrefix("GET dsp") }.sorted()
      #expect(
        asked == [
          "GET dsp-data/2/x/training", "GET dsp-data/2/y/training", "GET dsp/2/features/labels", "GET dsp/2/metadata",
        ])
      let both = try server.edgedsp("compare", "studio:2", "studio:7/2", "--json", in: folder)
      struct Report: Decodable {
        struct Side: Decodable { let x: String, y: String? }
        let verdict: String
        let local: Side, studio: Side
      }
      let report = try JSONDecoder().decode(Report.self, from: Data(both.output.utf8))
      #expect(report.verdict == "equal" && report.local.x == "studio:7/2/X.npy" && both.code == 0, "\(both)")
      #expect(report.studio.y == "studio:7/2/y.npy")

      try NumPyWriter.write([Float](repeating: 1, count: 140), shape: [7, 20], to: folder.path("other.npy"))
      let other = try folder.data("other.npy")
      server.state.withLock { $0.files["dsp-data/2/x/training"] = other }
      let metadata = try folder.text("local/2-raw/metadata.json")
      #expect(metadata.contains("\"scale-axes\""))
      let stale = metadata.replacing(/"scale-axes" ?: ?"[^"]*"/, with: "\"scale-axes\":\"3\"")
      server.state.withLock { $0.files["dsp/2/metadata"] = Data(stale.utf8) }
      let different = try server.edgedsp("compare", "local/2-raw", "studio:2", "--html", "page.html", in: folder)
      #expect(different.output.contains("the local set was made with scale-axes = 1, Studio's with 3"), "\(different)")
      #expect(different.code == 1 && different.output.hasPrefix("different"), "\(different)")
      #expect(try folder.text("page.html").contains("studio:7/2/X.npy"))
      #expect(leftovers(folder) == [])
    }
  }

  @Test func setsThatCannotBeFetchedOrReadAreNamed() throws {
    try withProject { server, folder in
      let none = try server.edgedsp("compare", "local", "studio:7/2", in: folder, project: false)
      #expect(none.code == 66 && none.errors.contains("local"), "\(none)")
      #expect(server.requests.isEmpty)
      try served(folder, from: server)
      let missing = try server.edgedsp("compare", "local/2-raw", "studio:7/3", in: folder, project: false)
      #expect(missing.code == 65 && missing.errors.contains("No features"), "\(missing)")
      let testing = try server.edgedsp(
        "compare", "local/2-raw", "studio:7/2", "--category", "testing", in: folder, project: false)
      #expect(testing.code == 65 && server.requests.last == "GET dsp-data/2/y/testing", "\(testing)")
      let key = try server.edgedsp("compare", "local/2-raw", "studio:7/2", in: folder, key: "ei_old", project: false)
      #expect(key.code == 77, "\(key)")
      // An array of one dimension is whole, but no set of features.
      try NumPyWriter.write([1, 2] as [Float], shape: [2], to: folder.path("flat.npy"))
      let flat = try folder.data("flat.npy")
      server.state.withLock { $0.files["dsp-data/2/x/training"] = flat }
      let bad = try server.edgedsp("compare", "studio:7/2", "local/2-raw", in: folder, project: false)
      #expect(bad.code == 65 && bad.errors.contains("studio:7/2/X.npy"), "\(bad)")
      server.state.withLock { $0.files["dsp-data/2/x/training"] = flat.dropLast() }
      let cut = try server.edgedsp("compare", "studio:7/2", "local/2-raw", in: folder, project: false)
      #expect(cut.code == 65 && cut.errors.contains("not a whole NumPy array"), "\(cut)")
      #expect(leftovers(folder) == [])
    }
  }

  @Test(arguments: ["studio:", "studio:7/", "studio:/2", "studio:7/2/1", "studio:-7/2", "studio:a", "studio:7/0"])
  func namesOfBlocksAreChecked(name: String) throws {
    try withProject { server, folder in
      let outcome = try server.edgedsp("compare", "x.npy", name, in: folder, project: false)
      #expect(outcome.code == 64 && outcome.errors.contains("studio:PROJECT/BLOCK"), "\(outcome)")
      let y = try server.edgedsp("compare", "x.npy", "studio:7/2", "--studio-y", "y.npy", in: folder, project: false)
      #expect(y.code == 64 && y.errors.contains("--studio-y"), "\(y)")
      #expect(server.requests.isEmpty)
    }
  }

  @Test func whatIsNotThereLeavesNothing() throws {
    try withProject { server, folder in
      let outcome = try server.edgedsp("studio", "download", "--block", "2", "-o", "studio", in: folder)
      #expect(outcome.code == 65 && outcome.errors.contains("No features"), "\(outcome)")
      #expect(folder.snapshot("studio").isEmpty)
    }
  }

  @Test func checkSaysEqualAndThenNot() throws {
    try withProject { server, folder in
      // The first check fetches the recordings and fails for want of features; they are then made from what it fetched.
      let first = try server.edgedsp("studio", "check", "--cache", "cache", in: folder)
      #expect(first.code == 65 && first.errors.contains("No features"), "\(first)")
      let cache = "cache/project-7"
      #expect(
        folder.snapshot("\(cache)/recordings").keys.sorted() == [
          "21-abc2140.json", "22-abc2225.json", "23-abc2331.json", "24-abc2420.json", "samples.json",
        ])
      let made = try folder.edgedsp(
        "generate", "\(cache)/recordings", "--impulse", "\(cache)/impulse.json", "-o", "sets")
      #expect(made.code == 0, "\(made)")
      try serve(folder, "sets/2-raw", block: 2, from: server)
      try serve(folder, "sets/3-flatten", block: 3, from: server)
      // Row k of recording i begins with k + i: ids and recordings belong together in spite of the repeated name.
      let y = try NumPyRows(folder.path("sets/2-raw/y.npy"))
      let x = try NumPyRows(folder.path("sets/2-raw/X.npy"))
      #expect(y.rows.count == 7 + 4 + 5 && zip(x.rows, y.rows).allSatisfy { $0[0] == $1[1] + $1[2] / 10 })

      let fetched = server.requests.count { $0.hasPrefix("GET raw-data/2") }
      let equal = try server.edgedsp("studio", "check", "--impulse-cache", "cache", in: folder)
      #expect(equal.code == 0, "\(equal)")
      #expect(equal.output.hasPrefix("2 Raw: equal: all ") && equal.output.contains("3 Flatten: equal: all "))
      #expect(server.requests.count { $0.hasPrefix("GET raw-data/2") } == fetched)

      // Another recording under the old id: its content is fetched, and features are no longer Studio's.
      server.state.withLock { $0.recordings[2].rows = 45 }
      let other = try server.edgedsp("studio", "check", "--cache", "cache", "--block", "2", "--json", in: folder)
      struct Report: Decodable { let verdict: String }
      let report = try JSONDecoder().decode(Report.self, from: Data(other.output.utf8))
      #expect(other.code == 1 && report.verdict == "different", "\(other)")
      #expect(other.output.contains("idle.1 (23)") && !other.output.contains("23-abc2345"), "\(other)")
      #expect(server.requests.count { $0.hasPrefix("GET raw-data/2") } == fetched + 1)
      #expect(folder.snapshot("\(cache)/recordings").keys.contains("23-abc2345.json"))
      #expect(!folder.snapshot("\(cache)/recordings").keys.contains("23-abc2331.json"))
    }
  }
}

/// The rows of a small array of numbers.
private struct NumPyRows {
  var rows: [[Double]]

  init(_ path: String) throws {
    let array = try NumPyArray(contentsOf: path)
    let columns = array.shape.dropFirst().reduce(1, *)
    let values = array.values
    rows = stride(from: 0, to: values.count, by: columns).map { Array(values[$0..<$0 + columns]) }
  }
}
