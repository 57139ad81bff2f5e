import ArgumentParser
import Foundation
import ProcessingBlocks
import StudioServer

struct ServeBlock: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve one processing block by Studio's protocol for custom blocks.",
    discussion: """
      GET / and GET /parameters introduce the block, POST /run computes one window, POST /batch many. In Studio, add \
      the block as a custom processing block, with the address of a tunnel to this port (`ngrok http 4446`).

      Errors are answered as Studio expects them, with HTTP 200 and {"success": false, "error": …}. Features that are \
      no finite numbers are null, so that answers are always JSON.

      Only this machine can connect, unless --host says otherwise. The protocol has no keys: who can connect can use \
      the block, which gives away nothing and changes nothing. A body has at most 64 MiB, and all that are worked on at \
      one time at most 256 MiB together. SIGTERM, SIGHUP and Ctrl-C finish the requests under way and end it.

      Example:
        edgedsp serve-block spectral-analysis --port 4446
        curl http://127.0.0.1:4446/parameters
      """)

  @Argument(help: "The block's name; `edgedsp block list` shows all.")
  var name: String

  @Option(help: "Port to listen at; 0 for any that is free.")
  var port = BlockProtocol.defaultPort

  @Option(help: "Address to listen at.")
  var host = "127.0.0.1"

  @Option(help: "Worker threads. Default: one a core. Answers do not depend on it.")
  var threads: Int?

  @Flag(help: "Do not print the address.")
  var quiet = false

  func validate() throws {
    try ThreadLimit.check(threads)
    if !(0...65_535).contains(port) { throw ValidationError("--port \(port): must be from 0 to 65535.") }
  }

  func run() throws {
    var configuration = BlockServer.Configuration(block: try BlockRegistry.required(name))
    configuration.host = host
    configuration.port = port
    configuration.threads = threads ?? configuration.threads
    let (quiet, host, type) = (quiet, host, configuration.block.type)
    ProcessSetup.raiseFileLimit()
    ProcessSetup.keepBuffersOffTheHeap()
    try StudioTask.run { [configuration] in
      try await BlockServer(configuration: configuration).run { port in
        let address = host.contains(":") ? "[\(host)]" : host
        if !quiet { try? Terminal.write("Serving \(type) at http://\(address):\(port)\n") }
      }
    }
  }
}
