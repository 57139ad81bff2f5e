// `features` answers what Studio's call for one sample answers; the shape is decoded strictly, key by key.
// Its numbers must be the very floats that `generate` writes for the same recording, for every block.
// Labels, names and ids come from the arguments or from the file's name.
import Foundation
import NumPyFiles
import Testing

@Suite(.onOwnThreads) struct FeaturesTests {
  struct Answer: Decodable {
    struct Window: Decodable {
      struct Sample: Decodable, Equatable {
        let id: Int
        let name: String
        let startMs, endMs: Int
      }
      let X: [Float?]
      let y: Int
      let yLabel: String
      let sample: Sample
    }
    let success: Bool
    let totalSampleCount: Int
    let data: [Window]
    let skipFirstFeatures: Int
  }

  private func answer(_ outcome: Outcome) throws -> Answer {
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
  }

  @Test func aRecordingThatIsNotThereIsSaidNotToBeThere() throws {
    try withTemporaryFolder { folder in
      let missing = Fixture.path("dataset/training/nowhere.json")
      let alone = try folder.edgedsp("features", missing, "--impulse", Fixture.impulse)
      let inDataset = try folder.edgedsp(
        "features", missing, "--impulse", Fixture.impulse, "--dataset", Fixture.dataset)
      #expect(inDataset.code == 66 && inDataset.errors == alone.errors, "\(inDataset.errors)")
    }
  }

  @Test func farRatesAreToldOfAsGenerateDoes() throws {
    try withTemporaryFolder { folder in
      let rows = (0..<60).map { "\($0 * 2000),1,\($0 % 7),3\n" }.joined()
      try folder.write("timestamp,accX,accY,accZ\n" + rows, to: "a.csv")
      let outcome = try folder.edgedsp("features", "a.csv", "--impulse", Fixture.impulse, "--block", "4")
      #expect(outcome.code == 0)
      #expect(outcome.errors.contains("warning: a.csv: 0.5 Hz is more than 20 times slower"), "\(outcome.errors)")
    }
  }

  @Test func featuresAreThoseOfGenerate() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp(
        "generate", Fixture.dataset, "--impulse", Fixture.impulse, "-o", "out", "--quiet")
      #expect(outcome.code == 0)
      for (id, set) in [(2, "2-spectral-features"), (3, "3-flatten"), (4, "4-raw-data")] {
        let metadata = try JSONDecoder().decode(
          GenerateTests.Metadata.self, from: folder.data("out/\(set)/metadata.json"))
        let x = try NumPyArray.read(Float.self, from: folder.path("out/\(set)/X.npy"))
        let width = x.header.shape[1]
        let y = try NumPyArray(contentsOf: folder.path("out/\(set)/y.npy")).values
        var first = 0
        for recording in metadata.edgedsp.recordings {
          defer { first += recording.windowCount }
          // One of each format is enough.
          guard ["training/wave.1.cbor", "training/idle.0.json"].contains(recording.path) else { continue }
          let answer = try answer(
            folder.edgedsp(
              "features", Fixture.path("dataset/\(recording.path)"), "--impulse", Fixture.impulse, "--block", "\(id)"))
          #expect(answer.success && answer.skipFirstFeatures == 0)
          #expect(answer.totalSampleCount == recording.windowCount && answer.data.count == recording.windowCount)
          let rows = x.values[first * width..<(first + recording.windowCount) * width]
          #expect(firstDifference(answer.data.flatMap(\.X), Array(rows)) == nil)
          for (index, window) in answer.data.enumerated() {
            let row = 4 * (first + index)
            let times = [Double(window.sample.startMs), Double(window.sample.endMs)]
            if times != [y[row + 2], y[row + 3]] { Issue.record("window \(index) has the times \(times)") }
          }
        }
      }
    }
  }

  @Test func keysAreStudios() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp(
        "features", Fixture.path("dataset/training/wave.1.cbor"), "--impulse", Fixture.impulse)
      let json = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      let window = (json?["data"] as? [[String: Any]])?.first
      #expect(json.map { Set($0.keys) } == ["success", "totalSampleCount", "data", "skipFirstFeatures"])
      #expect(window.map { Set($0.keys) } == ["X", "y", "yLabel", "sample"])
      #expect((window?["sample"] as? [String: Any]).map { Set($0.keys) } == ["id", "name", "startMs", "endMs"])
      #expect((window?["X"] as? [Any])?.count == 18)
    }
  }

  @Test func labelAndIdComeFromArgumentsOrName() throws {
    try withTemporaryFolder { folder in
      try folder.write(smallImpulse, to: "impulse.json")
      for name in ["wave.1.json", "%.json"] { try folder.write(acquisition(rows(10)), to: name) }
      func window(_ arguments: String...) throws -> Answer.Window {
        try #require(
          answer(Tool.run(["features"] + arguments + ["--impulse", "impulse.json"], in: folder)).data.first)
      }
      let named = try window("wave.1.json")
      #expect(named.yLabel == "wave" && named.y == 1)
      #expect(named.sample == .init(id: 1, name: "wave.1", startMs: 0, endMs: 100))
      let given = try window("wave.1.json", "--label", "a \"b\"\n", "--id", "42")
      #expect(given.yLabel == "a \"b\"\n" && given.sample.id == 42)
      let unlabeled = try window("%.json")
      #expect(unlabeled.yLabel.isEmpty && unlabeled.y == 0)
    }
  }

  /// A value beyond Float is infinite as a feature; JSON has no word for it.
  @Test func whatIsNotFiniteIsNull() throws {
    try withTemporaryFolder { folder in
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition("[1e300,1]," + rows(9)), to: "a.json")
      let outcome = try folder.edgedsp("features", "a.json", "--impulse", "impulse.json")
      let window = try #require(try JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8)).data.first)
      #expect(window.X[0] == nil && window.X[1] == 1)
      #expect(outcome.code == 0 && outcome.errorLines.count == 2)
      #expect(
        outcome.errorLines.last
          == "warning: block 2 (Raw): 1 of 1 windows have features that are NaN or infinite, first a.json at 0 ms; "
          + "repair or leave out the recordings")
    }
  }

  @Test(
    arguments: [
      (["nothing.json"], 66, "error: nothing.json: expected a readable file, found nothing at this path\n"),
      (
        ["short.json"], 65, "error: short.json: expected at least 10 rows (100 ms), found 9 rows, so no window at all\n"
      ),
      (
        ["short.json", "--block", "7"], 78,
        "error: impulse.json: block = 7: the impulse has no processing block with this id; its ids are 2\n"
      ),
    ] as [([String], Int32, String)])
  func problemIsOneLine(arguments: [String], code: Int32, line: String) throws {
    try withTemporaryFolder { folder in
      try folder.write(smallImpulse, to: "impulse.json")
      try folder.write(acquisition(rows(9)), to: "short.json")
      let outcome = try Tool.run(["features"] + arguments + ["--impulse", "impulse.json"], in: folder)
      #expect(outcome.code == code && outcome.errors == line && outcome.output.isEmpty)
    }
  }
}
