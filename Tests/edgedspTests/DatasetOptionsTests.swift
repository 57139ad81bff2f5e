// `generate` with options about the dataset, as a user gives them: keys in a file, on the command line and in the
// environment, a split and a subset. Each test looks at what the option changes: the exit code, the recordings that
// metadata names. Arguments that mean nothing must be refused with their name.
import Foundation
import Testing

@Suite(.onOwnThreads) struct DatasetOptionsTests {
  /// Signed by another implementation with the key below.
  private static let signed =
    #"{"protected":{"ver":"v1","alg":"HS256"},"signature":"7c0145679da9184b58799ffb07a64867de4f1ce6e3d8796e4e9b7206b33ff1e6","payload":{"interval_ms":10,"sensors":[{"name":"a"}],"values":[1,2,3]}}"#
  private static let key = "fed53116f20684c067774ebf9e7bcbdc"

  private static let impulse = """
    {"impulse":{"inputBlocks":[{"id":1,"type":"time-series","windowSizeMs":20,"windowIncreaseMs":10,"frequencyHz":100\
    SUBSET}],"dspBlocks":[{"id":2,"type":"raw","name":"Raw","axes":["a"],"implementationVersion":1}]}}
    """

  private func prepare(_ folder: TemporaryFolder, _ files: [String: String], subset: String = "") throws {
    try folder.write(Self.impulse.replacing("SUBSET", with: subset), to: "impulse.json")
    for (name, text) in files { try folder.write(text, to: "data/\(name)") }
  }

  private func generate(_ folder: TemporaryFolder, _ options: String...) throws -> Outcome {
    try Tool.run(
      ["generate", "data", "--impulse", "impulse.json", "--output", "out", "--overwrite", "--quiet"] + options,
      in: folder)
  }

  private struct Metadata: Decodable {
    struct Provenance: Decodable {
      struct Recording: Decodable { let path: String }
      struct Subset: Decodable, Equatable {
        let includePercentage: Double
        let seed: Int
        let included: Int
        let total: Int
      }
      let recordings: [Recording]
      let subset: Subset?
    }
    let edgedsp: Provenance
    let labels: [String]
  }

  private func metadata(_ folder: TemporaryFolder) throws -> Metadata {
    try JSONDecoder().decode(
      Metadata.self, from: Data(contentsOf: URL(filePath: folder.path("out/2-raw/metadata.json"))))
  }

  @Test func verifiesSignatures() throws {
    try withTemporaryFolder { folder in
      try prepare(folder, ["x.1.json": Self.signed])
      try folder.write(Self.key + "\r\n", to: "key.txt")
      try folder.write("other", to: "other.txt")
      try folder.write("\n", to: "empty.txt")
      #expect(try generate(folder, "--hmac-key-file", "key.txt").code == 0)
      #expect(try generate(folder, "--hmac-key", Self.key).code == 0)
      for name in ["y.1.json", "z.1.json"] {
        try folder.write(acquisition("1,2,3", axes: ["a"]), to: "data/\(name)")
      }
      let report = try folder.edgedsp(
        "generate", "data", "--impulse", "impulse.json", "-o", "report", "--hmac-key-file", "key.txt")
      #expect(
        report.output.contains(
          "warning: 2 recordings, for example z.1.json: its signature is not checked: its algorithm is \"none\"\n"))
      let wrong = try generate(folder, "--hmac-key-file", "other.txt")
      #expect(wrong.code == 65)
      #expect(wrong.errorLines.last?.contains("x.1.json: byte 52: expected the signature that the HMAC key") == true)
      #expect(try generate(folder, "--hmac-key-file", "none.txt").code == 66)
      #expect(try generate(folder, "--hmac-key-file", "empty.txt").code == 65)
      #expect(try generate(folder, "--hmac-key-file", "key.txt", "--hmac-key", "k").code == 64)
      #expect(try generate(folder, "--hmac-key", "").code == 64)
      let line = "edgedsp generate data --impulse impulse.json -o out --overwrite --quiet 2>/dev/null"
      #expect(try Tool.shell("EI_HMAC_KEY=\(Self.key) \(line)", in: folder) == 0)
      #expect(try Tool.shell("EI_HMAC_KEY=other \(line)", in: folder) == 65)
      #expect(try Tool.shell("EI_HMAC_KEY= \(line)", in: folder) == 0)
    }
  }

  @Test func dealsOutRecordings() throws {
    try withTemporaryFolder { folder in
      let files = (0..<12).map {
        ("f\($0).json", acquisition("1,2,3", axes: ["a"]) + String(repeating: " ", count: $0))
      }
      try prepare(folder, Dictionary(uniqueKeysWithValues: files))
      #expect(try generate(folder, "--split", "md5").code == 0)
      let training = try metadata(folder).edgedsp.recordings.map(\.path)
      #expect(try generate(folder, "--split", "md5", "--category", "testing").code == 0)
      let testing = try metadata(folder).edgedsp.recordings.map(\.path)
      #expect(!training.isEmpty && !testing.isEmpty)
      #expect((training + testing).sorted() == files.map(\.0).sorted())
      #expect(try generate(folder, "--split", "sha").code == 64)
    }
  }

  @Test func writesDownTheSubset() throws {
    try withTemporaryFolder { folder in
      let names = (0..<30).map { "wave.\($0).json" }
      let text = acquisition("1,2,3", axes: ["a"])
      try prepare(
        folder, Dictionary(uniqueKeysWithValues: (names + ["zebra.1.json"]).map { ($0, text) }),
        subset: #","datasetSubset":{"includePercentage":20,"seed":0}"#)
      // Names without their extension; the choice is pinned.
      let chosen = ["wave.0.json", "wave.13.json", "wave.15.json", "wave.28.json", "wave.5.json"]
      #expect(try generate(folder).code == 0)
      let first = try metadata(folder)
      #expect(first.edgedsp.recordings.map(\.path).filter { $0.hasPrefix("wave") }.sorted() == chosen)
      #expect(
        first.edgedsp.subset
          == .init(includePercentage: 20, seed: 0, included: first.edgedsp.recordings.count, total: 31))
      // Labels keep their numbers, whoever is left out.
      #expect(first.labels == ["wave", "zebra"])
      #expect(try generate(folder, "--subset", "100").code == 0)
      #expect(try metadata(folder).edgedsp.recordings.count == 31)
      #expect(try generate(folder, "--subset", "20:1").code == 0)
      #expect(try metadata(folder).edgedsp.recordings.map(\.path).sorted() != chosen)
      let none = try generate(folder, "--subset", "0")
      #expect(none.code == 66 && none.errors.contains("expected recordings in a subset of 0.0 %, found none of 31"))
      for wrong in ["101", "-1", "x", "20:", "20:1.5", ""] {
        #expect(try generate(folder, "--subset=\(wrong)").code == 64, "\(wrong)")
      }
      try folder.write(
        Self.impulse.replacing("SUBSET", with: #","datasetSubset":{"includePercentage":120}"#), to: "impulse.json")
      #expect(try generate(folder).code == 78)
    }
  }

  @Test func keepsGoingPastWrongLabels() throws {
    try withTemporaryFolder { folder in
      try prepare(folder, ["x.json": acquisition("1,2,3", axes: ["a"])])
      try folder.write(#"{"structuredLabels":{"none.json":[]}}"#, to: "data/structured_labels.labels")
      #expect(try generate(folder).code == 65)
      let kept = try generate(folder, "--keep-going")
      #expect(kept.code == 65)
      #expect(
        kept.errorLines.last?.hasPrefix("skipped: structured_labels.labels: structuredLabels.none.json: ") == true)
      #expect(try metadata(folder).edgedsp.recordings.count == 1)
    }
  }
}
