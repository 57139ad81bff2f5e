// What is read, changed and written back over our own client must keep what no model knows, at every depth: in the
// server's answer, in its impulse file, and in the next answer. Unknown fields are put in by a walk over the file.
// Edits of recordings must keep what others have written into `info.labels`.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientWriteBackTests {
  /// The value with an unknown field in every object.
  private static func extended(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let fields):
      var all = fields.mapValues(extended)
      all["notYetKnown"] = .object(["kept": .array([.integer(1), .number(2.5), .null, .string("\u{e4}/")])])
      return .object(all)
    case .array(let items): return .array(items.map(extended))
    default: return value
    }
  }

  /// Puts unknown fields into the impulse of a file; configurations of blocks know no others.
  private static func extend(_ path: String) throws {
    let url = URL(filePath: path)
    var fields = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url)).fields
    fields["impulse"] = fields["impulse"].map(extended)
    fields["notYetKnown"] = .string("kept")
    try JSONEncoder().encode(JSONValue.object(fields)).write(to: url)
  }

  @Test func pulledImpulsesArePushedWhole() async throws {
    try await LiveStudio.run {
      try Self.extend($0.impulseFile)
    } _: { live in
      let (client, project) = (live.client, live.project)
      let before = try live.impulseFile()
      var impulse = try #require(try await client.impulse(project: project).impulse)
      #expect(impulse.otherFields["notYetKnown"] != nil && impulse.dspBlocks[1].otherFields["notYetKnown"] != nil)
      impulse.inputBlocks[0].windowIncreaseMs = 240
      impulse.otherFields["pushed"] = .string("anew")
      try await client.createImpulse(project: project, Studio.CreateImpulseRequest(impulse))
      let after = try live.impulseFile()
      // Everything is as it was, but for the change and what answers fill in.
      var inputs = try #require(before["impulse"]).list("inputBlocks").map(\.fields)
      inputs[0]["windowIncreaseMs"] = .integer(240)
      let written = try #require(after["impulse"])
      #expect(written["notYetKnown"] == before["impulse"]?["notYetKnown"] && written["pushed"] == .string("anew"))
      #expect(after["notYetKnown"] == .string("kept") && after["dspBlockConfigs"] == before["dspBlockConfigs"])
      for (key, wanted) in [
        ("inputBlocks", inputs), ("dspBlocks", try #require(before["impulse"]).list("dspBlocks").map(\.fields)),
        ("learnBlocks", try #require(before["impulse"]).list("learnBlocks").map(\.fields)),
      ] {
        let found = written.list(key).map(\.fields)
        #expect(found.count == wanted.count)
        for (found, wanted) in zip(found, wanted) {
          #expect(found.filter { wanted[$0.key] != nil } == wanted, "\(key)")
          #expect(Set(found.keys).subtracting(wanted.keys).isSubset(of: ["primaryVersion", "name", "title"]), "\(key)")
        }
      }
      // A second round changes nothing more.
      let again = try #require(try await client.impulse(project: project).impulse)
      #expect(again.otherFields["pushed"] == .string("anew"))
      try await client.createImpulse(project: project, Studio.CreateImpulseRequest(again))
      #expect(try live.impulseFile() == after)
    }
  }

  @Test func changesOfPartsLeaveTheRest() async throws {
    try await LiveStudio.run {
      try Self.extend($0.impulseFile)
    } _: { live in
      let (client, project) = (live.client, live.project)
      let before = try live.impulseFile()
      try await client.setDSPConfiguration(project: project, block: 3, ["average": "false"])
      try await client.updateImpulse(project: project, Studio.UpdateImpulseRequest(name: "new"))
      let after = try live.impulseFile()
      var impulse = try #require(before["impulse"]).fields
      impulse["name"] = .string("new")
      #expect(after["impulse"] == .object(impulse) && after["notYetKnown"] == .string("kept"))
      let (old, new) = (before.list("dspBlockConfigs"), after.list("dspBlockConfigs"))
      #expect(new[0] == old[0] && new[2] == old[2] && new[1]["config"]?["average"] == .string("false"))
      #expect(
        new[1]["config"]?.fields.filter { $0.key != "average" }
          == old[1]["config"]?.fields.filter { $0.key != "average" })
    }
  }

  @Test func editsKeepWhatOthersWroteIntoTheList() async throws {
    try await LiveStudio.run {
      try Data(
        """
        {"version": 1, "origin": "export", "files": [
        {"path": "training/idle.0.json", "category": "training", "label": {"type": "label", "label": "x"},
        "attachments": ["a.txt"], "metadata": {"site": "north"}},
        {"path": "training/idle.1.cbor", "category": "training", "label": {"type": "unlabeled"}, "own": {"a": 1}}]}
        """.utf8
      ).write(to: URL(filePath: "\($0.dataset)/info.labels"))
    } _: { live in
      let (client, project) = (live.client, live.project)
      let ids = try await client.sampleIDs(project: project, category: .training)
      #expect(ids.map(\.fileName) == ["idle.1", "idle.0"])
      try await client.renameSample(project: project, sample: ids[1].id, to: "first")
      try await client.setSampleLabel(project: project, sample: ids[0].id, "y")
      let (first, second) = (try live.labelEntry("training/idle.0.json"), try live.labelEntry("training/idle.1.cbor"))
      #expect(first["attachments"] == .array([.string("a.txt")]) && first["name"] == .string("first"))
      #expect(first["metadata"] == .object(["site": .string("north")]) && first["label"]?["label"] == .string("x"))
      #expect(second["own"] == .object(["a": .integer(1)]) && second["label"]?["label"] == .string("y"))
      let text = try String(contentsOfFile: "\(live.server.dataset)/info.labels", encoding: .utf8)
      #expect(text.contains("\"origin\""))
    }
  }
}
