// `verify` as users and workflows see it: text, JSON, annotations, exit codes.
// The fixtures are sound: no finding but notices. A copy with a warning and one with an error show the rest.
// Annotations must survive paths and messages with the characters that GitHub's syntax uses.
import Foundation
import Testing

@Suite(.onOwnThreads) struct VerifyTests {
  @Test func aSoundImpulseSaysWhatItCosts() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("verify", "--impulse", Fixture.impulse, "--dataset", Fixture.dataset)
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.output.contains("2 Spectral features") && outcome.output.contains("2,424 training"))
    }
  }

  @Test func warningsFailOnlyWhenStrict() throws {
    try withTemporaryFolder { folder in
      let warned = try Fixture.impulse(replacing: "\"scale-axes\": \"1\"\n", with: "\"scale-axes\": \"0\"\n")
      try folder.write(warned, to: "a,b.json")
      #expect(try folder.edgedsp("verify", "--impulse", "a,b.json").code == 0)
      let strict = try folder.edgedsp("verify", "--impulse", "a,b.json", "--strict", "--format", "github")
      #expect(strict.code == 1)
      let line = try #require(strict.output.split(separator: "\n").first)
      #expect(line.hasPrefix("::warning file=a%2Cb.json,line="), "\(line)")
      #expect(line.contains("title=edgedsp verify%3A settings::block 4 (Raw data): scale-axes = 0"), "\(line)")
    }
  }

  @Test func errorsEndWith78AndJSONNamesThem() throws {
    try withTemporaryFolder { folder in
      let wrong = try Fixture.impulse(replacing: "\"fft-length\": \"16\"", with: "\"fft-length\": \"17\"")
      try folder.write(wrong, to: "impulse.json")
      let outcome = try folder.edgedsp("verify", "--impulse", "impulse.json", "--json")
      #expect(outcome.code == 78)
      struct Report: Decodable {
        struct Finding: Decodable {
          let severity: String
          let parameter: String
          let line: Int
        }
        let findings: [Finding]
      }
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      let lines = wrong.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(report.findings.count == 1 && report.findings[0].severity == "error")
      #expect(lines[report.findings[0].line - 1].contains("\"fft-length\""))
    }
  }

  @Test func annotationsNameFilesOfTheRepository() throws {
    try withTemporaryFolder { folder in
      for (name, rows) in [("training/a%1.json", 400), ("training/b.json", 400), ("testing/b:2,x.json", 50)] {
        try folder.write(
          acquisition(edgedspTests.rows(rows), axes: ["accX", "accY"], intervalMs: 16), to: "my data/\(name)")
      }
      let outcome = try folder.edgedsp(
        "verify", "--impulse", Fixture.impulse, "--dataset", "my data", "--format", "github")
      #expect(outcome.code == 65)
      let lines = outcome.output.split(separator: "\n")
      #expect(
        lines.allSatisfy {
          $0.wholeMatch(of: /::(error|warning|notice) file=[^,:]+(,line=\d+)?,title=[^:]+::.+/) != nil
        })
      #expect(lines.contains { $0.hasPrefix("::error file=my data,title=") && $0.contains("accZ") }, "\(outcome)")
    }
  }

  @Test func aDatasetWithoutRecordingsIsAnError() throws {
    try withTemporaryFolder { folder in
      try folder.write("", to: "empty/readme.txt")
      let outcome = try folder.edgedsp("verify", "--impulse", Fixture.impulse, "--dataset", "empty")
      #expect(outcome.code == 65 && outcome.output.contains("expected recordings, found none"), "\(outcome)")
    }
  }

  @Test func whatIsMissingEndsWith66AndBadRecordingsWith65() throws {
    try withTemporaryFolder { folder in
      #expect(try folder.edgedsp("verify", "--impulse", "nowhere.json").code == 66)
      #expect(try folder.edgedsp("verify", "--impulse", Fixture.impulse, "--dataset", "nowhere").code == 66)
      try folder.write(acquisition(rows(400), intervalMs: 16), to: "data/training/a.json")
      let outcome = try folder.edgedsp("verify", "--impulse", Fixture.impulse, "--dataset", "data")
      #expect(outcome.code == 65 && outcome.output.contains("axis \"accX\""), "\(outcome)")
    }
  }
}
