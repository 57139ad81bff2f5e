import ArgumentParser
import Foundation
import StudioAPI

/// Which Studio, and which project in it.
struct StudioOptions: ParsableArguments {
  @Option(help: "The project (id). Default: the one that the key belongs to.")
  var project: Int?

  @Option(help: "Base URL of Studio's REST interface. Default: EI_API_ENDPOINT, or Studio itself.")
  var apiEndpoint: String?

  @Option(help: "Base URL of the ingestion service. Default: EI_INGESTION_ENDPOINT, or Studio's.")
  var ingestionEndpoint: String?

  @Option(
    help: """
      Configuration file, mode 0600, for what neither flags nor environment say. Default: edgedsp/studio.json in \
      XDG_CONFIG_HOME or ~/.config, if it is there.
      """)
  var studioConfig: String?

  func validate() throws {
    if let project, project < 1 { throw ValidationError("--project \(project): must be 1 or more.") }
  }

  /// A client with the key from environment or file.
  ///
  /// - Throws: `StudioError` of kind `configuration`.
  func client() throws(StudioError) -> StudioClient {
    let environment = ProcessInfo.processInfo.environment
    var sources = [
      StudioConfiguration.Settings(apiEndpoint: apiEndpoint, ingestionEndpoint: ingestionEndpoint),
      StudioConfiguration.Settings(environment: environment),
    ]
    if let path = studioConfig ?? Self.defaultFile(environment) {
      sources.append(try StudioConfiguration.Settings(file: path))
    }
    return try StudioClient(StudioConfiguration(sources))
  }

  /// Nil where there is none.
  private static func defaultFile(_ environment: [String: String]) -> String? {
    let path = Self.folder("XDG_CONFIG_HOME", ".config", environment) + "/edgedsp/studio.json"
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }

  /// A folder of the user's, as the XDG rules say: an absolute path in a variable, or a folder in the home.
  static func folder(_ variable: String, _ name: String, _ environment: [String: String]) -> String {
    if let path = environment[variable], path.hasPrefix("/") { return path }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/" + name
  }

  /// Runs calls to the project and waits for them.
  ///
  /// - Parameter other: another project than that of the options.
  func run<Value: Sendable>(
    project other: Int? = nil, _ body: @escaping @Sendable (StudioProject) async throws -> Value
  ) throws -> Value {
    let client = try client()
    let project = other ?? project
    return try StudioTask.run {
      var id = project
      if id == nil { id = try await client.projectID() }
      return try await body(StudioProject(client: client, id: id ?? 0))
    }
  }
}
