// Every call of the endpoint tables, which the client's own tests hold against Studio's description, is made to the local
// server. It must bring an answer that decodes, or one of the few refusals that are named here with their reasons.
// Project, impulse, block, recording and job have the ids that the tables ask for. Calls that remove something come last.
import EndpointCases
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientEndpointTests {
  /// Calls that are refused, and in which words.
  private static let refusals: [String: String] = [
    // The impulse is a file that was given to the server.
    "delete_impulse": "The impulse of a local project is its impulse file",
    // The server connects to nobody.
    "verify_dsp_block_url": "custom blocks cannot be added here",
    // The table's keys and parameters are made up.
    "download_dsp_artifact": "No artifact \"a/b c\"",
    "start_profile_custom_dsp_block": "block 3 (Spectral features): a = b: no such parameter",
    // Recording 11 is a time series.
    "get_sample_as_image": "Sample 11 is no picture",
    "get_sample_as_video": "Sample 11 is no video",
    // The table's recording has more rows than those that it labels.
    "set_sample_structured_labels": "rows 5 to 624 have no label",
  ]

  /// Calls after which others would find nothing.
  private static let last = [
    "clear_dsp_block", "create_impulse", "generate_features_job", "autotune_dsp_job", "delete_sample",
    "delete_all_samples_by_category", "delete_all_samples",
  ]

  /// Block 3 becomes the spectral one, whose parameters the tables set; the impulse gets the id 2.
  private static func prepare(_ configuration: inout StudioServer.Configuration) throws {
    configuration.projectID = 7
    var text = try String(contentsOfFile: configuration.impulseFile, encoding: .utf8)
    text = text.replacing("\"id\": 1,\n    \"name\": \"Motion\"", with: "\"id\": 2,\n    \"name\": \"Motion\"")
    text = text.replacing("\"id\": 3,", with: "\"id\": 8,").replacing("\"blockId\": 3,", with: "\"blockId\": 8,")
    text = text.replacing("\"id\": 2,\n      \"type\"", with: "\"id\": 3,\n      \"type\"")
    text = text.replacing("\"id\": 2,\n        \"type\"", with: "\"id\": 3,\n        \"type\"")
    text = text.replacing("\"blockId\": 2,", with: "\"blockId\": 3,")
    text = text.replacing("\"dsp\": [\n          2\n", with: "\"dsp\": [\n          3\n")
    try text.write(toFile: configuration.impulseFile, atomically: true, encoding: .utf8)
  }

  @Test func everyCallIsAnswered() async throws {
    try await LiveStudio.run(prepare: Self.prepare) { live in
      let client = live.client
      // Features for the downloads, and job 5 for the calls about jobs: a profile.
      var ended: [Bool?] = []
      for _ in 1...4 {
        let id = try await client.generateFeatures(project: 7, Studio.GenerateFeaturesRequest(dspId: 3)).id
        ended.append(try await client.waitForJob(project: 7, job: id, interval: 0.02).finishedSuccessful)
      }
      let profile = try await client.profileCustomBlock(project: 7, block: 3, parameters: [:]).id
      ended.append(try await client.waitForJob(project: 7, job: profile, interval: 0.02).finishedSuccessful)
      #expect(profile == 5 && ended == [true, true, true, true, true])

      let cases = EndpointCase.all + EndpointCase.files
      let ordered =
        cases.filter { !Self.last.contains($0.name) }
        + Self.last.compactMap { name in cases.first { $0.name == name } }
      #expect(ordered.count == cases.count && ordered.count > 70)
      var refused: Set<String> = []
      for endpoint in ordered {
        let error = await live.failure { try await endpoint.call(client) }
        guard let error else { continue }
        refused.insert(endpoint.name)
        let words = Self.refusals[endpoint.name]
        #expect(error.kind == .refused, "\(endpoint): \(error)")
        #expect(words.map { error.message.contains($0) } == true, "\(endpoint): \(error.message)")
      }
      #expect(refused == Set(Self.refusals.keys))
    }
  }
}
