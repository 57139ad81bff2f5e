// Strategy: every example of every answer decodes and encodes back to equal JSON; each required field of it, at any
// depth, is taken away in turn and must be named by the error; each optional one may go. The fixture names the fields,
// so a field that changes from required to optional fails here. Beyond the examples: unknown fields, unknown texts of
// lists, tagged values, and numbers that must stay exact.

import Foundation
import Testing

@testable import StudioAPI

private typealias RoundTrip = @Sendable (Data) throws -> Data

private func roundTrip<Model: StudioModel>(_ type: Model.Type) -> RoundTrip {
  { try StudioJSON.encode(StudioJSON.decode(type, from: $0)) }
}

private let models: [String: RoundTrip] = [
  "GenericApiResponse": roundTrip(Studio.GenericAPIResponse.self),
  "DspSampleFeaturesResponse": roundTrip(Studio.DSPSampleFeaturesResponse.self),
  "DspTrainedFeaturesResponse": roundTrip(Studio.DSPTrainedFeaturesResponse.self),
  "DspAutotunerResults": roundTrip(Studio.DSPAutotunerResults.self),
  "DSPConfigResponse": roundTrip(Studio.DSPConfigResponse.self),
  "DspFeatureImportanceResponse": roundTrip(Studio.DSPFeatureImportanceResponse.self),
  "DspFeatureLabelsResponse": roundTrip(Studio.DSPFeatureLabelsResponse.self),
  "DSPMetadataResponse": roundTrip(Studio.DSPMetadataResponse.self),
  "GetSampleDspResponse": roundTrip(Studio.GetSampleDSPResponse.self),
  "DspPerformanceAllVariantsResponse": roundTrip(Studio.DSPPerformanceAllVariantsResponse.self),
  "DspRunResponse": roundTrip(Studio.DSPRunResponse.self),
  "DspRunResponseWithSample": roundTrip(Studio.DSPRunResponseWithSample.self),
  "StartJobResponse": roundTrip(Studio.StartJobResponse.self),
  "ListProjectsResponse": roundTrip(Studio.ListProjectsResponse.self),
  "ListSamplesResponse": roundTrip(Studio.ListSamplesResponse.self),
  "CountSamplesResponse": roundTrip(Studio.CountSamplesResponse.self),
  "GetSampleResponse": roundTrip(Studio.GetSampleResponse.self),
  "GetImpulseResponse": roundTrip(Studio.GetImpulseResponse.self),
  "GetAllImpulsesResponse": roundTrip(Studio.GetAllImpulsesResponse.self),
  "GetImpulseBlocksResponse": roundTrip(Studio.GetImpulseBlocksResponse.self),
  "GetNewBlockIdResponse": roundTrip(Studio.GetNewBlockIdResponse.self),
  "CreateImpulseResponse": roundTrip(Studio.CreateImpulseResponse.self),
  "VerifyDspBlockUrlResponse": roundTrip(Studio.VerifyDSPBlockURLResponse.self),
  "ProjectInfoResponse": roundTrip(Studio.ProjectInfoResponse.self),
  "ProjectInfoSummaryResponse": roundTrip(Studio.ProjectInfoSummaryResponse.self),
  "GetCurrentApiKeyInfoResponse": roundTrip(Studio.GetCurrentAPIKeyInfoResponse.self),
  "ProjectDataAxesSummaryResponse": roundTrip(Studio.ProjectDataAxesSummaryResponse.self),
  "ProjectTrainingDataSummaryResponse": roundTrip(Studio.ProjectTrainingDataSummaryResponse.self),
  "LastModificationDateResponse": roundTrip(Studio.LastModificationDateResponse.self),
  "ProjectDataIntervalResponse": roundTrip(Studio.ProjectDataIntervalResponse.self),
  "DevelopmentKeysResponse": roundTrip(Studio.DevelopmentKeysResponse.self),
  "SocketTokenResponse": roundTrip(Studio.SocketTokenResponse.self),
  "GetSampleMetadataResponse": roundTrip(Studio.GetSampleMetadataResponse.self),
  "GetJobResponse": roundTrip(Studio.GetJobResponse.self),
  "LogStdoutResponse": roundTrip(Studio.LogStdoutResponse.self),
  "ListJobsResponse": roundTrip(Studio.ListJobsResponse.self),
  "JobSummaryResponse": roundTrip(Studio.JobSummaryResponse.self),
  "ProfileTfLiteResponse": roundTrip(Studio.ProfileTfLiteResponse.self),
]

/// The keys of `sample.sensors[0].name`.
private func keys(_ path: String) -> [String] {
  path.replacingOccurrences(of: "]", with: "").split(whereSeparator: { $0 == "." || $0 == "[" }).map(String.init)
}

private func removing(_ keys: ArraySlice<String>, from value: JSONValue) -> JSONValue {
  guard let key = keys.first else { return value }
  switch value {
  case .object(var fields):
    fields[key] = keys.count == 1 ? nil : fields[key].map { removing(keys.dropFirst(), from: $0) }
    return .object(fields)
  case .array(var items):
    if let index = Int(key), items.indices.contains(index) {
      items[index] = removing(keys.dropFirst(), from: items[index])
    }
    return .array(items)
  default: return value
  }
}

@Test func everyAnswerHasAnExample() {
  #expect(Set(ModelExamples.all.keys) == Set(models.keys))
}

@Test(arguments: models.keys.sorted())
func examplesComeBackEqual(model: String) throws {
  let entry = try #require(ModelExamples.all[model])
  let code = try #require(models[model])
  let back = try code(JSONEncoder().encode(entry.example))
  let value = try JSONDecoder().decode(JSONValue.self, from: back)
  #expect(value == entry.example)
}

@Test(arguments: models.keys.sorted())
func missingFieldsAreNamed(model: String) throws {
  let entry = try #require(ModelExamples.all[model])
  let decode = try #require(models[model])
  var wrong: [String] = []
  for path in entry.required {
    let data = try JSONEncoder().encode(removing(keys(path)[...], from: entry.example))
    do {
      _ = try decode(data)
      wrong.append("\(path) may be missing")
    } catch let fault as StudioJSON.Fault {
      if fault.message != "the field \(path) is missing" { wrong.append("\(path): \(fault.message)") }
    }
  }
  for path in entry.optional {
    let data = try JSONEncoder().encode(removing(keys(path)[...], from: entry.example))
    if (try? decode(data)) == nil { wrong.append("\(path) may not be missing") }
  }
  #expect(wrong == [])
}

@Test func unknownFieldsAndTextsDoNoHarm() throws {
  let text = #"{"id":1,"type":"new-kind","name":"n","title":"t","later":{"a":[1]},"resizeMode":"stretch"}"#
  let block = try StudioJSON.decode(Studio.ImpulseInputBlock.self, from: Data(text.utf8))
  #expect(block.type == Studio.InputBlockType(rawValue: "new-kind"))
  #expect(block.resizeMode?.rawValue == "stretch")
}

@Test(arguments: [
  #"{"id":7,"type":"user"}"#,
  #"{"type":"datasetVersionRestore","datasetVersionId":1,"groupKey":"g","actor":{"id":2,"type":"projectApiKey"}}"#,
  #"{"type":"somebody-new","more":[1,2.5,null,true]}"#,
])
func taggedValuesComeBackEqual(text: String) throws {
  let value = try StudioJSON.decode(Studio.SampleLastUpdatedBy.self, from: Data(text.utf8))
  let back = try JSONDecoder().decode(JSONValue.self, from: StudioJSON.encode(value))
  let given = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  #expect(back == given)
}

@Test func numbersStayExact() throws {
  let text = #"[0.1,62.5,16,9007199254740993,-0.0001,1e-30,3.4028234663852886e+38]"#
  let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  let expected: JSONValue = .array([
    .number(0.1), .number(62.5), .integer(16), .integer(9_007_199_254_740_993), .number(-0.0001), .number(1e-30),
    .number(3.4028234663852886e+38),
  ])
  #expect(value == expected)
  let back = try JSONDecoder().decode(JSONValue.self, from: StudioJSON.encode(value))
  #expect(back == expected)
}

@Test func timestampsKeepTheirText() throws {
  #expect(Timestamp(rawValue: "2024-05-01T10:00:00.250Z").date == Date(timeIntervalSince1970: 1_714_557_600.25))
  #expect(Timestamp(rawValue: "2024-05-01T10:00:00Z").date == Date(timeIntervalSince1970: 1_714_557_600))
  #expect(Timestamp(rawValue: "yesterday").date == nil)
  #expect(Timestamp(Date(timeIntervalSince1970: 1_714_557_600.25)).rawValue == "2024-05-01T10:00:00.250Z")
}
