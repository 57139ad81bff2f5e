import ArgumentParser

struct StudioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Fetch, compare and change what a project in Studio holds.",
    discussion: """
      The API key comes from the environment variable EI_API_KEY, or from a configuration file of mode 0600: \
      {"apiKey": "ei_…"}, and if need be "apiEndpoint" and "ingestionEndpoint". It is never an argument, which other \
      users of the machine could read.

      Exit codes: 0 done or equal, 1 different, 65 refused or an answer that makes no sense, 66 not there, 69 Studio \
      cannot be reached, 77 the key is not accepted, 78 bad impulse or configuration.
      """,
    subcommands: [
      StudioPull.self, StudioDiff.self, StudioPush.self, StudioDownload.self, StudioCheck.self, StudioRun.self,
      StudioFeatures.self, StudioImportance.self, StudioPerformance.self, StudioAutotune.self, StudioClear.self,
      StudioProfile.self, StudioGenerate.self,
    ])
}
