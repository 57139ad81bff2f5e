import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The routes of one topic, such as samples or jobs.
protocol RouteTopic: Sendable {
  /// Adds the topic's routes.
  func add(to routes: Routes)
}

/// Where topics add their routes.
struct Routes {
  /// What answers a call. Thrown errors become answers too; see `ErrorAnswers`.
  typealias Handler = @Sendable (Call) async throws -> Response

  let router: Router<StudioContext>
  let project: LocalProject
  let engine: Engine
  let limits: StudioServer.Limits
  let paths: OpenPaths

  /// A route below `/v1/api/{projectId}`. The id must be the project's.
  func project(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
    let project = project
    api(method, path.isEmpty ? "{projectId}" : "{projectId}/\(path)") { call in
      let id = try call.id("projectId")
      guard id == project.id else { throw Refusal("No project found with ID \(id)") }
      await project.takeUpHandEdits()
      return try await handler(call)
    }
  }

  /// A route below `/v1/api`.
  func api(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
    root(method, "v1/api/\(path)", handler)
  }

  /// A route from the root. It needs the key, if there is one.
  func root(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
    let (limits, engine) = (limits, engine)
    router.on(RouterPath(path), method: method) { request, context in
      try await handler(
        Call(
          request: request, parameters: context.parameters, slot: context.slot, limits: limits, engine: engine))
    }
  }

  /// A route from the root, for anybody: the page's static files.
  func open(_ path: String, _ handler: @escaping Handler) {
    paths.add("/\(path)")
    root(.get, path, handler)
  }
}

/// Paths that need no key.
final class OpenPaths: Sendable {
  private let paths = Mutex<Set<String>>([])

  func add(_ path: String) { _ = paths.withLock { $0.insert(path) } }

  func contains(_ path: String) -> Bool { paths.withLock { $0.contains(path) } }
}

/// What travels with a request inside the server.
struct StudioContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection that the request came by.
  let channel: any Channel
  /// The request's place among those that are worked on.
  var slot: RequestGate.Slot?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}
