// Each test starts a server on a free port and speaks HTTP over a socket: nothing between the wire and the handlers is
// left out. Here: who is let in, what is refused at the door, and that our own client reads what comes back.
// Refusals are asserted by status and text, since clients tell them apart by these.
// Limits are made small, so that a test can reach them.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct StartTests {
  @Test func onlyOneServerChangesADataset() async throws {
    try await ServerFixture.run { server in
      let configuration = StudioServer.Configuration(dataset: server.dataset, impulseFile: server.impulse)
      let error = await #expect(throws: ServerError.self) { _ = try await StudioServer(configuration: configuration) }
      #expect(error?.description == "\(server.dataset) is served already: stop that server, or use --read-only")
    }
  }

  @Test func ownClientReadsProjectImpulseAndSamples() async throws {
    try await ServerFixture.run { server in
      let client = try server.client()
      let id = try await client.projectID()
      #expect(id == 1)
      let impulse = try await client.impulse(project: id).impulse
      #expect(impulse?.dspBlocks.map(\.id) == [2, 3, 4])
      #expect(impulse?.dspBlocks.allSatisfy { $0.primaryVersion == true } == true)
      let answer = try await server.call("GET", "/v1/api/1/raw-data?category=training&limit=2&labels=null")
      let list = try JSONDecoder().decode(Studio.ListSamplesResponse.self, from: answer.body)
      #expect(list.totalCount == 24 && list.samples.count == 2)
      #expect(list.samples.map(\.id) == [24, 23])
      #expect(list.samples.allSatisfy { $0.sensors.map(\.name) == ["accX", "accY", "accZ"] && $0.valuesCount > 0 })
    }
  }

  @Test func listPastTheEndIsEmpty() async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call("GET", "/v1/api/1/raw-data?category=training&offset=5000")
      #expect(answer.status == 200 && answer.json?["success"] == .bool(true))
      #expect(answer.json?["samples"] == .array([]))
    }
  }

  @Test(arguments: [
    ("GET", "/v1/api/1/nothing", 404), ("GET", "/v1/api/2/impulse", 200), ("GET", "/v1/api/x/impulse", 200),
    ("GET", "/v1/api/1/raw-data?category=anything", 200), ("GET", "/v1/api/1/raw-data?limit=many", 200),
  ])
  func refusalsSayWhy(method: String, path: String, status: Int) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call(method, path)
      #expect(answer.status == status)
      #expect(answer.json?["success"] == .bool(false) && answer.error?.isEmpty == false)
    }
  }

  static let keyed: [([(String, String)], Int)] = [
    ([], 401), ([("x-api-key", "wrong")], 401), ([("x-api-key", "ei_secret")], 200),
    ([("x-jwt-token", "ei_secret")], 200), ([("Authorization", "Bearer ei_secret")], 200),
    ([("Authorization", "Basic ei_secret")], 401), ([("Cookie", "jwt=ei_secret")], 200),
    ([("Cookie", "ei_secret")], 200), ([("Cookie", "a=b; jwt=ei_secret")], 200), ([("Cookie", "key=ei_secret")], 401),
  ]

  @Test(arguments: keyed)
  func keyIsAskedFor(headers: [(String, String)], status: Int) async throws {
    try await ServerFixture.run {
      $0.apiKey = Secret("ei_secret")
    } _: { server in
      let answer = try await server.call("GET", "/v1/api/projects", headers: headers)
      #expect(answer.status == status)
      let unknown = try await server.call("GET", "/nowhere", headers: headers)
      #expect(unknown.status == (status == 200 ? 404 : 401))
    }
  }

  @Test(arguments: [
    ([("Host", "evil.example")], 403), ([("Origin", "http://evil.example")], 403), ([("Host", "localhost:80")], 200),
  ])
  func foreignPagesAreKeptOut(headers: [(String, String)], status: Int) async throws {
    try await ServerFixture.run { server in
      let answer = try await server.call("GET", "/v1/api/projects", headers: headers)
      #expect(answer.status == status)
    }
  }

  @Test func otherAddressesNeedAKey() async throws {
    await #expect(throws: ServerError.self) {
      try await ServerFixture.run {
        $0.host = "0.0.0.0"
      } _: { _ in
      }
    }
  }

  @Test func addressInUseIsSaid() async throws {
    try await ServerFixture.run { first in
      await #expect {
        try await ServerFixture.run {
          $0.port = first.port
        } _: { _ in
        }
      } throws: {
        ($0 as? ServerError)?.kind == .address
      }
    }
  }
}
