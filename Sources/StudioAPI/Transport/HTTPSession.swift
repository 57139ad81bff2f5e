import Foundation
import FoundationNetworking
import Synchronization

/// Runs HTTP exchanges over one `URLSession`.
///
/// On Linux the session hands received data to its delegate queue without a bound: a slow disk would pile a download
/// up in memory (1 GiB for a 1 GiB body, measured). Its delegate queue here runs callbacks in place, on the thread that
/// reads the socket, so the socket waits for the disk (38 MiB for any size).
///
/// A request that goes out on a connection that was idle is sent again by the session, unasked, when that connection
/// turns out to be dead; its body is lost then and the exchange hangs. Only GET requests share connections here.
final class HTTPSession: Sendable {
  private let session: URLSession
  private let delegate = SessionDelegate()

  init(idleTimeout: Double, connections: Int = 32) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = idleTimeout
    configuration.httpMaximumConnectionsPerHost = connections
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    configuration.urlCredentialStorage = nil
    session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: InPlaceQueue())
  }

  // A session keeps itself and its delegate alive until it is told to end.
  deinit { session.finishTasksAndInvalidate() }

  /// Sends a request and waits for the whole answer.
  ///
  /// - Parameters:
  ///   - file: Path of a file to send as body.
  ///   - sink: Takes the body.
  ///   - limit: Seconds for the exchange; nil for none.
  func exchange(
    _ request: URLRequest, file: String? = nil, sink: AnswerSink, limit: Double?
  ) async throws(HTTPFailure) -> HTTPAnswer {
    let task =
      if let file {
        session.uploadTask(with: request, fromFile: URL(fileURLWithPath: file))
      } else {
        session.dataTask(with: request)
      }
    let exchange = Exchange(sink: sink)
    delegate.add(exchange, for: task.taskIdentifier)
    // Not a task: limits must hold where all threads of the pool are busy.
    let clock = limit.map { limit in
      // The queue keeps even a cancelled item until its time. The task would hold its session, and that its
      // connection; the exchange would hold the answer.
      let clock = DispatchWorkItem { [weak exchange, weak task] in
        exchange?.stop(.timedOut)
        task?.cancel()
      }
      DispatchQueue.global().asyncAfter(deadline: .now() + limit, execute: clock)
      return clock
    }
    defer { clock?.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        exchange.wait(continuation)
        task.resume()
      }
    } onCancel: {
      exchange.stop(.cancelled)
      task.cancel()
    }
    return try result.get()
  }
}

/// Runs every block at once, on the caller's thread.
private final class InPlaceQueue: OperationQueue, @unchecked Sendable {
  override func addOperation(_ block: @escaping @Sendable () -> Void) { block() }
}

/// Passes the session's callbacks on to the exchanges.
private final class SessionDelegate: NSObject, URLSessionDataDelegate, Sendable {
  private let exchanges = Mutex<[Int: Exchange]>([:])

  func add(_ exchange: Exchange, for task: Int) { exchanges.withLock { $0[task] = exchange } }

  private func exchange(of task: URLSessionTask) -> Exchange? {
    exchanges.withLock { $0[task.taskIdentifier] }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    // The session copies all headers, keys too, to wherever it is sent.
    let isRead = task.originalRequest?.httpMethod == HTTPMethod.get.rawValue
    let follows = isRead && exchange(of: task)?.follows(from: response.url, to: request.url) ?? false
    completionHandler(follows ? request : nil)
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    exchange(of: dataTask)?.begin(response)
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    if exchange(of: dataTask)?.receive(data) != true {
      // Cancelling waits for the thread that this runs on.
      DispatchQueue.global().async { dataTask.cancel() }
    }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let exchange = exchanges.withLock { $0.removeValue(forKey: task.taskIdentifier) }
    exchange?.end(error, response: task.response)
  }
}
