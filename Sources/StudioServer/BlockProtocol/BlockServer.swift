import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProcessingBlocks

/// Serves a block by Studio's protocol for custom processing blocks, on a port of its own.
///
/// The protocol knows no keys: who reaches the port may use it. It gives away nothing and changes nothing. Requests may
/// come under any host name, since Studio reaches the block through a tunnel.
public struct BlockServer: Sendable {
  /// Which block, and where.
  public struct Configuration: Sendable {
    /// The block.
    public var block: BlockDescriptor
    /// Address to listen at. Default: loopback, so that nobody else can connect.
    public var host = "127.0.0.1"
    /// Port to listen at; 0 for any that is free. Default: 4446.
    public var port = BlockProtocol.defaultPort
    /// Threads for features. Default: one a core.
    public var threads = ProcessInfo.processInfo.activeProcessorCount
    /// Bytes of a body. A second of audio at 16 kHz has about 100 kB; batches have some hundred windows. Default: 64
    /// MiB.
    public var bodyBytes = 64 << 20
    /// The other limits of a server: header, requests and bytes of bodies at one time, idle time.
    public var limits = StudioServer.Limits()
    /// Whether SIGTERM, SIGINT and SIGHUP end `run`. Default: true.
    public var handlesSignals = true

    /// The defaults for a block.
    public init(block: BlockDescriptor) { self.block = block }
  }

  private let configuration: Configuration

  /// Prepares a server.
  public init(configuration: Configuration) { self.configuration = configuration }

  /// Serves until the process gets SIGTERM, SIGINT or SIGHUP, or the task is cancelled; requests under way are finished.
  ///
  /// - Parameter onStart: gets the port, which the system chooses where the configuration says 0.
  /// - Throws: `ServerError` where the address cannot be had.
  public func run(onStart: @escaping @Sendable (_ port: Int) async -> Void = { _ in }) async throws {
    let engine = Engine(threads: configuration.threads)
    defer { engine.stop() }
    let service = HTTPService(
      host: configuration.host, port: configuration.port, limits: configuration.limits,
      handlesSignals: configuration.handlesSignals)
    let router = service.makeOpenRouter()
    addRoutes(to: router, engine: engine)
    try await service.run(router, onStart: onStart)
  }

  private func addRoutes(to router: Router<StudioContext>, engine: Engine) {
    let block = BlockProtocol(block: configuration.block, threads: configuration.threads)
    let (limits, bodyBytes) = (configuration.limits, configuration.bodyBytes)
    for path in ["", "**"] {
      router.on(RouterPath(path), method: .get) { request, _ in
        Self.response(block.get(path: request.uri.path))
      }
      router.on(RouterPath(path), method: .post) { request, context in
        let path = request.uri.path
        guard BlockProtocol.takesPosts(path) else { return Self.response(block.post(path: path, body: [])) }
        let call = Call(
          request: request, parameters: context.parameters, slot: context.slot, limits: limits, engine: engine)
        let body = Array(buffer: try await call.body(limit: bodyBytes))
        return Self.response(try await engine.run { block.post(path: path, body: body) })
      }
    }
  }

  private static func response(_ answer: BlockProtocol.Answer) -> Response {
    Answer.bytes(Data(answer.body), type: answer.contentType, status: .init(code: answer.status))
  }
}
