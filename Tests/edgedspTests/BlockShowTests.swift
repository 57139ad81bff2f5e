// `block list` and `block show` as people and programs read them.
// JSON must parse and hold exactly the parameters that the version uses; the list of keys is typed in.
// The text must name each of them with its default, and leave out what the version does not use.
import Foundation
import Testing

@Suite(.onOwnThreads) struct BlockShowTests {
  static let mfe = ["fft_length", "frame_length", "frame_stride", "high_frequency", "low_frequency", "num_filters"]

  struct Document: Decodable {
    struct Info: Decodable {
      let type: String
      let latestImplementationVersion: Int
    }
    struct Group: Decodable {
      struct Item: Decodable { let param: String }
      let group: String
      let items: [Item]
    }
    let info: Info
    let parameters: [Group]
  }

  @Test(
    arguments: [
      (nil, ["noise_floor_db", "win_size"]), ("1", ["win_size"]), ("2", ["win_size"]), ("4", ["noise_floor_db"]),
    ] as [(String?, [String])])
  func jsonHasTheParametersOfTheVersion(version: String?, more: [String]) throws {
    try withTemporaryFolder { folder in
      let outcome = try Tool.run(
        ["block", "show", "mfe", "--json"] + (version.map { ["--version", $0] } ?? []), in: folder)
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
      #expect(document.info.type == "mfe" && document.info.latestImplementationVersion == 4)
      #expect(document.parameters.flatMap(\.items).map(\.param).sorted() == (Self.mfe + more).sorted())
    }
  }

  @Test(arguments: [("1", "win_size = 101", "noise_floor_db"), ("3", "noise_floor_db = -52", "win_size")])
  func textHasTheParametersOfTheVersion(version: String, has: String, lacks: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("block", "show", "mfe", "--version", version)
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      let lines = outcome.output.split(separator: "\n").map(String.init)
      #expect(lines.first == "mfe: Audio (MFE)" && lines.contains("Versions: 1 to 4"))
      #expect(lines.contains("  \(has)") && !outcome.output.contains(lacks))
      #expect(lines.contains("      FFT length: a power of two from 2 to 1048576."))
      for key in Self.mfe { #expect(lines.contains { $0.hasPrefix("  \(key) = ") }, "\(key)") }
    }
  }

  /// A bound that is only that of the number type is no bound to people.
  @Test func openRangesInWords() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("block", "show", "mfcc")
      #expect(outcome.output.contains("      Normalization window size: an odd number up to 1048575, or 0 or less.\n"))
      #expect(outcome.output.contains("      Shift: a whole number, at least 1.\n"))
    }
  }

  /// The list of wavelets is 400 characters long.
  @Test func longListsAreWrapped() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("block", "show", "spectral-analysis")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= 100 } && lines.contains { $0.count > 90 })
      #expect(outcome.output.contains("      Order: an even number up to 8, or 0 or less. "))
      #expect(outcome.output.contains("rbio6.8, sym2,"))
    }
  }

  @Test func versionThatDoesNotExist() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("block", "show", "mfe", "--version", "5", "--json")
      #expect(outcome.code == 78 && outcome.output.isEmpty)
      #expect(outcome.errors == "error: implementation version = 5: mfe has versions 1 to 4; use 4\n")
    }
  }

  @Test func listNamesAllBlocks() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("block", "list")
      let names = ["spectral-analysis", "flatten", "raw", "image", "mfe", "mfcc", "spectrogram"]
      #expect(outcome.code == 0)
      for name in names { #expect(outcome.output.contains("\n\(name) "), "\(name)") }
    }
  }
}
