// Help must exist for every command, go to standard output with exit code 0, and name every option and argument.
// Text is wrapped for 80 columns; a paragraph whose source has its own line breaks would come out ragged.
// What `block show` prints about parameters is checked against a few facts that users look for.
import Foundation
import Testing

@Suite(.onOwnThreads) struct HelpTests {
  static let commands: [([String], [String])] = [
    (
      [],
      [
        "generate", "features", "dataset", "verify", "compare", "studio", "data", "serve", "serve-block", "block",
        "bench",
        "--version", "Exit codes", "69", "77",
      ]
    ),
    (
      ["generate"],
      [
        "<dataset>", "--impulse", "-o, --output", "--category", "--block", "--raw", "--threads", "--samples",
        "--resample-windows", "--keep-going", "--overwrite", "--json", "--quiet", "--hmac-key-file", "--hmac-key",
        "EI_HMAC_KEY", "--split", "--subset", "--csv-options", "--csv-split-ms", "--csv-label", "X.npy", "y.npy",
        "metadata.json", "labels.json",
      ]
    ),
    (
      ["verify"],
      ["--impulse", "--dataset", "--samples", "--strict", "--format", "--json", "text, json", "github", "Exit codes"]
    ),
    (
      ["compare"],
      [
        "<local>", "<studio>", "--local-y", "--studio-y", "--tolerance", "--impulse", "--dataset", "--samples",
        "--block", "--html", "--json", "--category", "--project", "--api-endpoint", "studio:7/2", "Example",
        "Exit codes",
      ]
    ),
    (["features"], ["<recording>", "--impulse", "--block", "--label", "--id", "--resample-windows"]),
    (["dataset"], ["scan", "convert"]),
    (
      ["dataset", "scan"],
      [
        "<dataset>", "--impulse", "--category", "--threads", "--samples", "--split", "--all", "--json", "notice",
        "Example",
      ]
    ),
    (
      ["dataset", "convert"],
      ["<input>", "--to", "-o, --output", "--overwrite", "--keep-going", "--threads", "--csv-split-ms", "Examples"]
    ),
    (
      ["bench"],
      ["--impulse", "--block", "--threads", "--seconds", "--json", "--against", "--tolerance", "estimates", "Example"]
    ),
    (
      ["studio"],
      [
        "pull", "diff", "push", "download", "check", "run", "features", "importance", "performance", "autotune",
        "clear",
        "profile", "generate", "EI_API_KEY", "0600", "Exit codes",
      ]
    ),
    (
      ["studio", "pull"],
      [
        "--project", "--api-endpoint", "--ingestion-endpoint", "--studio-config", "--impulse", "--samples", "--groups",
        "--overwrite", "--dry-run", "Example",
      ]
    ),
    (["studio", "diff"], ["--project", "--impulse", "--all", "--json", "Exit codes"]),
    (["studio", "push"], ["--project", "--impulse", "-y, --yes", "--dry-run"]),
    (
      ["studio", "download"],
      [
        "--block", "--data", "--raw", "--labels", "--metadata", "--category", "-o, --output", "--overwrite",
        "--dry-run",
        "X_raw.npy",
      ]
    ),
    (["studio", "check"], ["--block", "--category", "--cache", "--tolerance", "--json", "Exit codes"]),
    (["studio", "run"], ["--sample", "--start", "--end", "--values", "--params", "--store", "--yes", "--dry-run"]),
    (["studio", "features"], ["--sample", "--category", "--axes"]),
    (["studio", "importance"], ["--block"]), (["studio", "performance"], ["--block"]),
    (["studio", "autotune"], ["--block", "--start", "--dry-run"]), (["studio", "clear"], ["--yes", "--dry-run"]),
    (["studio", "profile"], ["--params", "--dry-run"]),
    (
      ["studio", "generate"],
      ["--block", "--importance", "--skip-explorer", "--yes", "--dry-run", "--quiet", "Example"]
    ), (["data"], ["list", "upload", "download", "delete"]),
    (["data", "list"], ["<ids>", "--category", "--label", "--name", "--contained", "--json"]),
    (
      ["data", "upload"],
      ["<paths>", "--category", "--label", "--metadata", "--allow-duplicates", "--workers", "--dry-run"]
    ),
    (["data", "download"], ["<ids>", "-o, --output", "--workers", "--overwrite", "--dry-run"]),
    (["data", "delete"], ["<ids>", "--all", "--yes", "--dry-run"]), (["block"], ["list", "show", "run"]),
    (
      ["serve"],
      [
        "<dataset>", "--impulse", "--port", "--host", "--api-key", "EDGEDSP_API_KEY", "--read-only", "--samples",
        "--project", "--threads", "413", "503", "408", "EI_API_ENDPOINT", "reverse proxy", "SIGTERM", "Example",
      ]
    ),
    (
      ["serve-block"],
      ["<name>", "--port", "4446", "--host", "--threads", "--quiet", "/parameters", "/batch", "64 MiB", "Example"]
    ),
    (["block", "list"], ["List the processing blocks"]),
    (["block", "show"], ["<name>"]),
    (
      ["block", "run"],
      ["<name>", "<input>", "--version", "--frequency", "--axes", "--params", "-o, --output", "Example"]
    ),
  ]

  @Test(arguments: commands)
  func helpNamesEverything(command: [String], words: [String]) throws {
    try withTemporaryFolder { folder in
      let outcome = try Tool.run(command + ["--help"], in: folder)
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      #expect(words.filter { !outcome.output.contains($0) } == [])
      // A line of text that ends early, followed by one that goes on with a small letter, was broken by hand.
      let prose = outcome.output.components(separatedBy: "USAGE:")[0].split(
        separator: "\n", omittingEmptySubsequences: false)
      for (line, next) in zip(prose, prose.dropFirst()) where line.first != " " && line.count < 55 {
        #expect(next.first?.isLowercase != true, "\(line)")
      }
    }
  }

  @Test func versionIsANumber() throws {
    try withTemporaryFolder { folder in
      let outcome = try folder.edgedsp("--version")
      #expect(outcome.code == 0)
      #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
  }

  @Test func blocksAreListedAndShown() throws {
    try withTemporaryFolder { folder in
      let list = try folder.edgedsp("block", "list")
      #expect(list.code == 0)
      let names = list.output.split(separator: "\n").dropFirst().prefix { !$0.hasPrefix("`") }
        .compactMap { $0.split(separator: " ").first.map(String.init) }
      #expect(names.contains("spectral-analysis") && names.contains("flatten") && names.contains("raw"))
      for name in names {
        let shown = try folder.edgedsp("block", "show", name)
        #expect(shown.code == 0 && shown.output.hasPrefix("\(name): "))
        #expect(
          shown.output.contains("\nVersions: ")
            && shown.output.split(separator: "\n").contains { $0.hasPrefix("  ") && $0.contains(" = ") })
      }
      let spectral = try folder.edgedsp("block", "show", "spectral_analysis").output
      #expect(spectral.contains("  fft-length = 16\n"))
      #expect(spectral.contains("one of low, high, none") && spectral.contains("Used when filter-type is not none."))
    }
  }

  @Test(
    arguments: [
      (["frob"], "error: Unexpected argument 'frob'; see `edgedsp --help`\n"),
      (["generate"], "error: Missing expected argument '<dataset>'; see `edgedsp generate --help`\n"),
      (["block", "show"], "error: Missing expected argument '<name>'; see `edgedsp block show --help`\n"),
      (
        ["generate", "a", "--impulse", "b", "-o", "c", "--categori", "all"],
        "error: Unknown option '--categori'. Did you mean '--category'? See `edgedsp generate --help`\n"
      ),
    ])
  func wrongUsageIsOneLine(arguments: [String], line: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try Tool.run(arguments, in: folder)
      #expect(outcome.code == 64 && outcome.output.isEmpty)
      #expect(outcome.errors == line)
    }
  }
}
