// Strategy: one recording of each kind comes over HTTP. The call that fetches its data, the name of the file and its bytes
// are compared; names are those of the list, with the ending that the storage tells, and end as readers expect.
// A media call that fails must fail that recording alone and leave no file.

import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

/// A recording as the server has it.
struct StoredSample: Sendable, CustomTestStringConvertible {
  var sensors: [(name: String, units: String)]
  /// As the storage names it, with hash and node.
  var stored: String
  /// As the list names it now; nil for the name of the storage.
  var renamed: String?
  var originalIntervalMs = 10.0
  /// The call that must follow, and its answer; nil where values are enough.
  var media: (call: String, reply: Reply)?
  var file: String
  var content: String

  var testDescription: String { file }

  func reply(_ request: RecordedRequest) -> Reply {
    if request.path != "/v1/api/7/raw-data/1" {
      let call = ([request.path.replacingOccurrences(of: "/v1/api/7/raw-data/1/", with: "")] + request.query)
        .joined(separator: "?")
      return media?.call == call ? media?.reply ?? Reply(404, text: "") : Reply(404, text: "")
    }
    let time = #""2024-05-01T10:00:00.000Z""#
    let list = sensors.enumerated().map { #"{"index":\#($0),"name":"\#($1.name)","units":"\#($1.units)"}"# }
      .joined(separator: ",")
    let parts = stored.split(separator: "/").last?.split(separator: ".") ?? []
    let listed = renamed ?? (parts.count > 3 ? parts.dropLast(3).joined(separator: ".") : "listed")
    let row = "[" + sensors.map { _ in "0.5" }.joined(separator: ",") + "]"
    return Reply(
      text: #"{"success":true,"sample":{"id":1,"filename":"\#(listed)","signatureValidate":true,"created":\#(time),"#
        + #""lastModified":\#(time),"category":"training","label":"l","intervalMs":\#(originalIntervalMs),"#
        + #""coldstorageFilename":"\#(stored)","frequency":100,"originalIntervalMs":\#(originalIntervalMs),"#
        + #""originalFrequency":100,"deviceType":"d","sensors":[],"valuesCount":1,"added":\#(time),"boundingBoxes":[],"#
        + #""boundingBoxesType":"object_detection","chartType":"chart","isDisabled":false,"isProcessing":false,"#
        + #""processingError":false,"isCropped":false,"projectId":7,"sha256Hash":"","datastreams":[]},"payload":{"#
        + #""device_type":"d","sensors":[\#(list)],"values":[\#(row)],"intervalMs":\#(originalIntervalMs),"frequencyHz":100},"#
        + #""totalPayloadLength":1,"datastreamPayloads":[]}"#)
  }

  static let image = [(name: "image", units: "rgba")]
  static let video = [(name: "video", units: "rgba")]
  static let audio = [(name: "audio", units: "wav")]

  static let all = [
    StoredSample(
      sensors: image, stored: "7/training/cat.01.png.h.node.json",
      media: ("image", Reply(type: "image/png", text: "PNG")), file: "cat.01.png", content: "PNG"),
    StoredSample(
      sensors: image, stored: "7/training/cat.JPEG.h.node.json",
      media: ("image", Reply(type: "image/jpeg", text: "JPG")), file: "cat.jpeg", content: "JPG"),
    // The name says one type, the bytes are another.
    StoredSample(
      sensors: image, stored: "7/training/cat.01.jpg.h.node.json",
      media: ("image", Reply(type: "image/png; q=1", text: "PNG")), file: "cat.01.png", content: "PNG"),
    StoredSample(
      sensors: image, stored: "short", media: ("image", Reply(type: "image/jpeg", text: "JPG")), file: "listed.jpg",
      content: "JPG"),
    StoredSample(
      sensors: image, stored: "7/training/cat.01.h.node.json",
      media: ("image", Reply(type: "application/octet-stream", text: "?")), file: "cat.01.jpg", content: "?"),
    StoredSample(
      sensors: video, stored: "7/training/run.avi.h.node.json", media: ("video", Reply(type: "video/mp4", text: "V")),
      file: "run.avi", content: "V"),
    StoredSample(
      sensors: video, stored: "7/training/run.3.h.node.json", media: ("video", Reply(type: "video/mp4", text: "V")),
      file: "run.3.mp4", content: "V"),
    StoredSample(
      sensors: audio, stored: "7/training/hello.01.h.node.json",
      media: ("wav?axisIx=0", Reply(type: "audio/wav", text: "W")), file: "hello.01.wav", content: "W"),
    StoredSample(
      sensors: audio, stored: "7/training/hello.cbor.wav.h.node.json",
      media: ("wav?axisIx=0", Reply(type: "audio/wav", text: "W")), file: "hello.cbor.wav", content: "W"),
    StoredSample(
      sensors: audio + [("audio2", "wav")], stored: "7/training/stereo.wav.h.node.json", file: "stereo.wav.json",
      content: #""values":[[0.5,0.5]]"#),
    StoredSample(
      sensors: image, stored: "7/training/cat.01.png.h.node.json", renamed: "dog.2",
      media: ("image", Reply(type: "image/png", text: "PNG")), file: "dog.2.png", content: "PNG"),
    StoredSample(
      sensors: [("accX", "m/s2")], stored: "7/training/wave.01.cbor.h.node.json", renamed: "wave.02",
      file: "wave.02.json", content: #""values":[[0.5]]"#),
    StoredSample(
      sensors: [("accX", "m/s2")], stored: "7/training/wave.01.cbor.h.node.json", renamed: "../up/wave",
      file: "sample-1._up_wave.json", content: #""values":[[0.5]]"#),
    StoredSample(
      sensors: [("accX", "m/s2")], stored: "7/training/wave.01.cbor.h.node.json", file: "wave.01.json",
      content: #""values":[[0.5]]"#),
    StoredSample(
      sensors: [("a", "N/A"), ("b", "N/A")], stored: "7/training/table.01.json.h.node.json", originalIntervalMs: 0,
      file: "table.01.csv", content: "a,b\n0.5,0.5\n"),
  ]
}

@Test(arguments: StoredSample.all)
func recordingsOfEachKind(stored: StoredSample) async throws {
  try await withFolder { folder in
    try await withStudio(stored.reply) { server, client in
      let report = await client.downloadSamples(project: 7, ids: [1], to: folder)
      #expect(report.failures.isEmpty, "\(report.failures)")
      #expect(server.requests.count == (stored.media == nil ? 1 : 2))
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      let file = try #require(files.first)
      #expect(files.count == 1 && file.lowercased() == stored.file)
      #expect(report.downloads.first?.path == "\(folder)/\(file)")
      let content = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      #expect(stored.media == nil ? content.contains(stored.content) : content == stored.content)
    }
  }
}

@Test func mediaThatFailFailAlone() async throws {
  var lost = StoredSample.all[0]
  lost.media = nil
  var page = StoredSample.all[5]
  page.media?.reply = Reply(type: "text/html", text: "<html>")
  var cut = StoredSample.all[7]
  cut.media?.reply = Reply.cut(length: 100, sent: Data("RIFF".utf8))
  for (sample, kind) in [(lost, StudioError.Kind.notFound), (page, .invalidAnswer), (cut, .interrupted)] {
    try await withFolder { folder in
      try await withStudio(sample.reply) { _, client in
        let report = await client.downloadSamples(project: 7, ids: [1], to: folder)
        #expect(report.downloads.isEmpty && report.failures.map(\.error.kind) == [kind], "\(report.failures)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files == [])
      }
    }
  }
}

@Test func whatIsNotNeededMayBeMissing() async throws {
  let sample =
    #"{"id":1,"filename":"wave","category":"training","label":null,"intervalMs":62.5,"originalIntervalMs":62.5}"#
  let replies: [String: String] = [
    "/v1/api/projects": #""projects":[{"id":7,"whitelabelId":null}]"#, "/v1/api/7/raw-data/count": #""count":1"#,
    "/v1/api/7/raw-data": #""samples":[\#(sample)]"#,
    "/v1/api/7/raw-data/1":
      #""sample":\#(sample),"payload":{"sensors":[{"name":"x","units":null}],"values":[[1],[2]]}"#,
  ]
  try await withFolder { folder in
    try await withStudio({ Reply(text: #"{"success":true,\#(replies[$0.path] ?? "")}"#) }) { _, client in
      let project = try await client.projectID()
      let found = try await client.sampleIDs(project: project, category: .training)
      #expect(found == [SampleInfo(id: 1, fileName: "wave", category: .training, label: "")])
      let name = try await client.fileName(project: project, sample: 1)
      #expect(name == "wave")
      let report = await client.downloadSamples(project: project, ids: [1], to: folder)
      #expect(report.downloads.map(\.info) == found && report.failures.isEmpty, "\(report.failures)")
      let text = try String(contentsOfFile: "\(folder)/wave.json", encoding: .utf8)
      #expect(text.contains(#""interval_ms":62.5"#) && text.contains(#""values":[[1],[2]]"#), "\(text)")
    }
  }
}
