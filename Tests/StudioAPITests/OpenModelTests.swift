// Strategy: models that keep unknown fields name their own ones three times: as properties, in decoding and in
// encoding. An object with every field must fill every property (seen by reflection, so that a property that is added
// later fails here until it has a place in the object and in the coding) and leave nothing for the unknown fields;
// it must come back equal. That the list below has every such model is checked against the sources' own declarations.

import Foundation
import Testing

@testable import StudioAPI

/// What decoding an object and encoding the value again does.
private struct Reading: Sendable {
  /// Properties without a value.
  var empty: [String] = []
  var otherFields: [String: JSONValue]
  let back: JSONValue

  init<Model: OpenModel>(_ type: Model.Type, _ data: Data) throws {
    let value = try StudioJSON.decode(type, from: data)
    for property in Mirror(reflecting: value).children {
      let mirror = Mirror(reflecting: property.value)
      if mirror.displayStyle == .optional, mirror.children.isEmpty { empty.append(property.label ?? "") }
    }
    otherFields = value.otherFields
    back = try JSONDecoder().decode(JSONValue.self, from: StudioJSON.encode(value))
  }
}

private struct OpenCase: Sendable, CustomTestStringConvertible {
  let name: String
  let object: String
  let read: @Sendable (Data) throws -> Reading
  var testDescription: String { name }

  init<Model: OpenModel>(_ type: Model.Type, _ object: String) {
    name = "\(type)"
    self.object = object
    read = { try Reading(type, $0) }
  }
}

private let blocks = #""inputBlocks":[],"dspBlocks":[],"learnBlocks":[],"postProcessingBlocks":[]"#
private let created = #""createdBy":"u","createdAt":"2024-05-01T10:00:00.000Z""#

private let openCases = [
  OpenCase(Studio.Impulse.self, #"{"id":1,"name":"n",\#(blocks),"type":"default","datasetVersionId":2}"#),
  OpenCase(Studio.CreateImpulseRequest.self, #"{"name":"n",\#(blocks),"type":"default","datasetVersionId":2}"#),
  OpenCase(
    Studio.ImpulseInputBlock.self,
    #"{"id":1,"type":"time-series","name":"n","title":"t","axes":["x"],"windowSizeMs":1,"windowIncreaseMs":2,"#
      + #""frequencyHz":62.5,"classificationWindowIncreaseMs":3,"padZeros":true,"#
      + #""labelingMethodMultiLabel":{"type":"end-of-window"},"imageWidth":4,"imageHeight":5,"#
      + #""resizeMode":"squash","resizeMethod":"nearest","cropAnchor":"top-left",\#(created),"#
      + #""datasetSubset":{"includePercentage":50},"primaryVersion":true}"#),
  OpenCase(
    Studio.ImpulseInputBlockLabelingMethodMultiLabel.self,
    #"{"type":"anywhere-in-window-min-percentage","labels":["a"],"minPercentage":20}"#),
  OpenCase(Studio.ImpulseInputBlockDatasetSubset.self, #"{"includePercentage":50,"seed":3}"#),
  OpenCase(
    Studio.ImpulseDSPBlock.self,
    #"{"id":1,"type":"custom","name":"n","axes":["x"],"title":"t","valuesPerAxis":3,"input":2,\#(created),"#
      + #""implementationVersion":4,"organization":{"id":1,"dspId":2},"customUrl":"u","namedAxes":[{"name":"a"}],"#
      + #""primaryVersion":true}"#),
  OpenCase(Studio.ImpulseDSPBlockOrganization.self, #"{"id":1,"dspId":2}"#),
  OpenCase(
    Studio.ImpulseDSPBlockNamedAxes.self, #"{"name":"a","description":"d","required":true,"selectedAxis":"x"}"#),
  OpenCase(
    Studio.ImpulseLearnBlock.self,
    #"{"id":1,"type":"keras","name":"n","dsp":[2],"title":"t",\#(created),"trainingProcessor":"cpu","#
      + #""primaryVersion":true}"#),
  OpenCase(
    Studio.ImpulsePostProcessingBlock.self,
    #"{"id":1,"type":"object-tracking","name":"n","title":"t",\#(created),"implementationVersion":1}"#),
  OpenCase(
    Studio.StructuredLabel.self,
    #"{"startIndex":0,"endIndex":4,"label":"a","labelMap":{"type":"key-values","labels":{"k":"v"}}}"#),
]

@Test(arguments: openCases)
private func everyPropertyIsReadAndWritten(of model: OpenCase) throws {
  let data = Data(model.object.utf8)
  let reading = try model.read(data)
  #expect(reading.empty == [])
  #expect(reading.otherFields == [:])
  #expect(try reading.back == JSONDecoder().decode(JSONValue.self, from: data))
}

@Test func everyOpenModelIsTested() throws {
  let models = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/StudioAPI/Models")
  var names: Set<String> = []
  for file in try FileManager.default.contentsOfDirectory(at: models, includingPropertiesForKeys: nil) {
    for match in try String(contentsOf: file, encoding: .utf8).matches(of: /struct (\w+): OpenModel/) {
      names.insert(String(match.1))
    }
  }
  #expect(names == Set(openCases.map(\.name)))
}
