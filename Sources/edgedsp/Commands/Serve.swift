import ArgumentParser
import Foundation
import StudioAPI
import StudioServer

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a dataset and an impulse as a local Studio.",
    discussion: """
      Answers Studio's own REST paths below /v1/api from a dataset folder and an impulse file, without network: \
      scripts and notebooks written for Studio only get another base URL. Uploads come to /api/training/files and its \
      kin at the root; a page for browsers is at /.

      Python: edgeimpulse_api.Configuration(host="http://127.0.0.1:4800/v1"), or the environment variables \
      EI_API_ENDPOINT=http://127.0.0.1:4800/v1, EI_INGESTION_ENDPOINT=http://127.0.0.1:4800 and EI_API_KEY.

      Changes are written into the dataset folder (info.labels, or samples.json where there is one) and into the impulse \
      file, each file replaced in one step; generated features are kept in the folder .edgedsp of the dataset.

      Only this machine can connect, unless --host says otherwise, which needs an API key. The server speaks plain HTTP: \
      put a reverse proxy in front of it for TLS. SIGTERM, SIGHUP and Ctrl-C finish the requests under way and end it.

      Requests are bounded: a JSON body by 32 MiB and 64 levels, an uploaded file by 100 MiB, an upload by 1 GiB and \
      1000 parts, target and header fields by 32 KiB, and 100 fields (413); requests at one time by 256 until their \
      answers are sent, and their JSON bodies by 256 MiB together (503); the first request's head by 10 s, later ones by \
      60 s, and a body by 4 KiB in 20 s (408). A client that takes nothing of its answer for 20 s is not waited for.

      What was understood is answered with 200, as in Studio, even where it is refused; other statuses are 400 (no \
      sound HTTP, or no upload that makes sense), 401 (no key), 403 (a foreign page or name, or an upload to a \
      read-only server), 404, 408, 413, 421 (an upload without its name), 429 (too many jobs wait) and 503 (try again). \
      All come with {"success": false, "error": …}.

      Example:
        edgedsp serve Fixtures/dataset --impulse Fixtures/impulses/motion.json --port 4800
      """)

  @Argument(help: "The dataset folder.")
  var dataset: String

  @Option(help: "The impulse file: Studio's impulse, with dspBlockConfigs beside it.")
  var impulse: String

  @Option(help: "Port to listen at; 0 for any that is free.")
  var port = 4800

  @Option(help: "Address to listen at.")
  var host = "127.0.0.1"

  @Option(
    help: """
      Key that requests must show, as they show Studio its own. Default: EDGEDSP_API_KEY, which others do not see in \
      the list of processes; without it, none.
      """)
  var apiKey: String?

  @Flag(help: "Refuse everything that would change the dataset or the impulse.")
  var readOnly = false

  @Option(help: "Studio's list of samples as JSON: ids, labels, order. Default: samples.json in the dataset.")
  var samples: String?

  @Option(name: .customLong("project"), help: "Id of the one project.")
  var projectID = 1

  @Option(help: "Worker threads for features. Default: one a core.")
  var threads: Int?

  @Flag(help: "Do not print the address.")
  var quiet = false

  func validate() throws {
    try ThreadLimit.check(threads)
    if !(0...65_535).contains(port) { throw ValidationError("--port \(port): must be from 0 to 65535.") }
    if projectID < 1 { throw ValidationError("--project \(projectID): must be 1 or more.") }
  }

  func run() throws {
    var configuration = StudioServer.Configuration(dataset: dataset, impulseFile: impulse)
    configuration.samplesFile = samples
    configuration.host = host
    configuration.port = port
    configuration.apiKey = (apiKey ?? ProcessInfo.processInfo.environment["EDGEDSP_API_KEY"]).map { Secret($0) }
    configuration.isReadOnly = readOnly
    configuration.projectID = projectID
    configuration.threads = threads ?? configuration.threads
    let (quiet, host) = (quiet, host)
    ProcessSetup.raiseFileLimit()
    ProcessSetup.keepBuffersOffTheHeap()
    try StudioTask.run { [configuration] in
      let server = try await StudioServer(configuration: configuration)
      try await server.run { port in
        let address = host.contains(":") ? "[\(host)]" : host
        if !quiet { try? Terminal.write("Serving at http://\(address):\(port)\n") }
      }
    }
  }
}
