// Connections of our own client, as the system counts them: calls that change something have one each, which must be
// closed after the call. A client that edits thousands of recordings has no
// descriptors left otherwise.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientConnectionTests {
  /// Open connections to a port of this machine, at the side of their clients.
  private static func connections(to port: Int) throws -> Int {
    let wanted = ":" + String(format: "%04X", port)
    // The file says that it has no bytes, which some readers believe.
    let table = try FileHandle(forReadingFrom: URL(filePath: "/proc/net/tcp")).readToEnd() ?? Data()
    return String(decoding: table, as: UTF8.self).split(separator: "\n").count { line in
      let words = line.split(separator: " ")
      // The third word is the address of the server, the fourth the state: 01 is open.
      return words.count > 3 && words[2].hasSuffix(wanted) && words[3] == "01"
    }
  }

  @Test func connectionsOfEditsAreClosed() async throws {
    try await LiveStudio.run {
      // The server does not close them.
      $0.limits.idleSeconds = 600
    } _: { live in
      for number in 0..<40 {
        try await live.client.renameSample(project: live.project, sample: 3, to: "name \(number)")
      }
      // Closing takes its time.
      var open = try Self.connections(to: live.server.port)
      for _ in 0..<500 where open > 2 {
        try await Task.sleep(for: .milliseconds(20))
        open = try Self.connections(to: live.server.port)
      }
      #expect(open <= 2)
    }
  }

  @Test func connectionsOfReadsAreShared() async throws {
    try await LiveStudio.run { live in
      for _ in 0..<40 { _ = try await live.client.projectID() }
      let open = try Self.connections(to: live.server.port)
      #expect((1...2).contains(open))
      let id = try await live.client.sample(project: live.project, sample: 3, limit: 1).sample.id
      #expect(id == 3)
    }
  }
}
