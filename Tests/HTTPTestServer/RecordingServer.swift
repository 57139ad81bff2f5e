import Foundation
import Glibc
import Synchronization

/// An HTTP server for tests: it records every request and answers as the test says, cuts and pauses included.
///
/// It listens on a free port of the loopback interface, one thread per connection.
package final class RecordingServer: Sendable {
  package typealias Handler = @Sendable (RecordedRequest) -> Reply

  private struct State {
    var requests: [RecordedRequest] = []
    var connections: Set<Int32> = []
    var isStopped = false
  }

  package let port: Int
  private let listener: Int32
  private let handler: Handler
  private let state = Mutex(State())

  /// Starts the server.
  package init(_ handler: @escaping Handler) throws {
    self.handler = handler
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = listener
    let result = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
        guard bind(descriptor, address, length) == 0, listen(descriptor, 64) == 0 else { return -1 }
        return getsockname(descriptor, address, &length)
      }
    }
    guard result == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    port = Int(UInt16(bigEndian: address.sin_port))
    let thread = Thread { [self] in accept() }
    thread.start()
  }

  package var url: String { "http://127.0.0.1:\(port)" }

  /// What came so far, in order.
  package var requests: [RecordedRequest] { state.withLock { $0.requests } }

  /// Closes the port and all connections.
  package func stop() {
    let connections = state.withLock { state in
      state.isStopped = true
      return state.connections
    }
    for connection in connections { shutdown(connection, Int32(SHUT_RDWR)) }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func accept() {
    while true {
      let connection = Glibc.accept(listener, nil, nil)
      if connection < 0 {
        if errno == EINTR { continue }
        close(listener)
        return
      }
      let isStopped = state.withLock { state in
        state.connections.insert(connection)
        return state.isStopped
      }
      if isStopped {
        close(connection)
        continue
      }
      let thread = Thread { [self] in
        serve(connection)
        state.withLock { _ = $0.connections.remove(connection) }
        close(connection)
      }
      thread.start()
    }
  }

  private func serve(_ connection: Int32) {
    var input = RequestReader(connection)
    while let request = input.next() {
      state.withLock { $0.requests.append(request) }
      for step in handler(request).steps {
        switch step {
        case .bytes(let data):
          guard Self.send(data, connection) else { return }
        case .zeros(let count):
          let block = Data(count: 1 << 20)
          var rest = count
          while rest > 0 {
            guard Self.send(block.prefix(rest), connection) else { return }
            rest -= min(rest, block.count)
          }
        case .pause(let seconds): usleep(UInt32(seconds * 1e6))
        case .close: return
        }
      }
    }
  }

  private static func send(_ data: Data, _ connection: Int32) -> Bool {
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = Glibc.send(connection, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}
