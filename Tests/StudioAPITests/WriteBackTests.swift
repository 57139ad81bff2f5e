// Strategy: Studio sends objects with fields that no model here knows, at every depth; whatever is read, changed and
// written back over HTTP must come out with all of them, and with the change. Calls that change part of a thing must
// send that part alone. The unknown fields are put into the committed examples by a walk over the JSON, so a model
// that is added to the impulse without keeping them fails here.

import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

/// The value with an unknown field in every object.
private func extended(_ value: JSONValue) -> JSONValue {
  switch value {
  case .object(let fields):
    var all = fields.mapValues(extended)
    all["notYetKnown"] = .object(["kept": .array([.integer(1), .number(2.5), .null, .string("\u{e4}/")])])
    return .object(all)
  case .array(let items): return .array(items.map(extended))
  default: return value
  }
}

private func json(_ data: Data) throws -> JSONValue { try JSONDecoder().decode(JSONValue.self, from: data) }

@Test func impulsesAreWrittenBackWhole() async throws {
  guard case .object(var example)? = ModelExamples.all["GetImpulseResponse"]?.example,
    case .object(var whole)? = example["impulse"]
  else {
    Issue.record("there is no example of an impulse")
    return
  }
  // The example has no block of these kinds.
  whole["learnBlocks"] = try json(Data(#"[{"id":9,"type":"keras","name":"n","dsp":[3],"title":"t"}]"#.utf8))
  whole["postProcessingBlocks"] = try json(
    Data(#"[{"id":10,"type":"object-tracking","name":"n","title":"t","implementationVersion":1}]"#.utf8))
  example["impulse"] = .object(whole)
  let sent = extended(.object(example))
  let body = try JSONEncoder().encode(sent)
  let script = Script(Reply(body: body), ModelExamples.reply("CreateImpulseResponse"))
  try await withStudio(script.next) { server, client in
    var impulse = try #require(try await client.impulse(project: 7).impulse)
    #expect(!impulse.inputBlocks.isEmpty && !impulse.dspBlocks.isEmpty)
    impulse.inputBlocks[0].windowIncreaseMs = 123
    _ = try await client.createImpulse(project: 7, Studio.CreateImpulseRequest(impulse))
    guard case .object(var expected)? = sent["impulse"], case .array(var inputs)? = expected["inputBlocks"],
      case .object(var input) = inputs[0]
    else {
      Issue.record("the example is no impulse")
      return
    }
    input["windowIncreaseMs"] = .integer(123)
    inputs[0] = .object(input)
    expected["inputBlocks"] = .array(inputs)
    // The address says which impulse it is.
    expected["id"] = nil
    let found = try json(try #require(server.requests.last).body)
    #expect(found == .object(expected))
  }
}

@Test(arguments: [
  #"{"id":1,"type":"time-series","name":"n","title":"t","labelingMethodMultiLabel":{"type":"end-of-window"},"#
    + #""datasetSubset":{"includePercentage":50}}"#
])
func nestedPartsOfInputBlocksAreKept(text: String) throws {
  let given = extended(try json(Data(text.utf8)))
  let block = try StudioJSON.decode(Studio.ImpulseInputBlock.self, from: JSONEncoder().encode(given))
  #expect(try json(StudioJSON.encode(block)) == given)
}

@Test func nestedPartsOfProcessingBlocksAreKept() throws {
  let text = """
    {"id":1,"type":"custom","name":"n","title":"t","axes":["x"],"implementationVersion":1,\
    "organization":{"id":1,"dspId":2},"namedAxes":[{"name":"a"},{"name":"b","required":true}]}
    """
  let given = extended(try json(Data(text.utf8)))
  var block = try StudioJSON.decode(Studio.ImpulseDSPBlock.self, from: JSONEncoder().encode(given))
  #expect(try json(StudioJSON.encode(block)) == given)
  // A property counts more than an unknown field of its name.
  block.otherFields["name"] = .string("other")
  #expect(try json(StudioJSON.encode(block)) == given)
}

@Test func structuredLabelsAreWrittenBackWhole() async throws {
  let labels = #"[{"startIndex":0,"endIndex":4,"label":"a","sure":0.5},{"startIndex":5,"endIndex":9,"label":"b"}]"#
  let values = try StudioJSON.decode([Studio.StructuredLabel].self, from: Data(labels.utf8))
  try await withStudio({ _ in .success }) { server, client in
    try await client.setStructuredLabels(project: 7, sample: 11, values)
    let body = try json(try #require(server.requests.first).body)
    #expect(try body == json(Data(#"{"structuredLabels":\#(labels)}"#.utf8)))
  }
}

@Test func changesOfPartsSendThesePartsAlone() async throws {
  try await withStudio({ _ in .success }) { server, client in
    try await client.setDSPConfiguration(project: 7, block: 3, ["fft-length": "64"])
    try await client.updateImpulse(project: 7, Studio.UpdateImpulseRequest(name: "new"))
    let bodies = server.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies == [#"{"config":{"fft-length":"64"}}"#, #"{"name":"new"}"#])
  }
}
