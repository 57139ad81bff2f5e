import Foundation
import NumPyFiles
import ProcessingBlocks
import Testing

@testable import StudioServer

// Strategy: requests are bodies as Studio writes them, and answers are read back with Foundation's JSON reader. Every
// golden window of every block goes through /run and /batch and must give what the reference says of its shape, names
// and transforms, and the engine's own features bit for bit. Then what is wrong with a request: each fault must come
// back as success false with its place, never as a crash or as something that is no JSON.

private struct GoldenWindow: Decodable, Sendable, CustomStringConvertible {
  struct Expected: Decodable, Sendable {
    struct Output: Decodable, Sendable { let type: String, shape: [String: Double] }
    let labels: [String]?, outputConfig: Output, fftUsed: [Int]
  }
  let name: String, version: Int, frequency: Double, axes: [String], input: String
  let expected: Expected?
  var block = ""
  /// As JSON.
  var parameters = "{}"
  var description: String { name }

  private enum CodingKeys: CodingKey { case name, version, frequency, axes, input, expected }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/golden")

  /// The windows that JSON can carry, of all blocks, and that the reference does not refuse.
  static let all: [GoldenWindow] = BlockRegistry.blocks.flatMap { block -> [GoldenWindow] in
    let file = block.type.replacing("-", with: "_")
    guard let data = try? Data(contentsOf: folder.appending(path: "\(file).json")),
      let windows = try? JSONDecoder().decode([GoldenWindow].self, from: data),
      let raw = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
    else { return [] }
    return zip(windows, raw).compactMap { window, raw in
      var window = window
      window.block = block.type
      guard window.expected != nil, (try? window.values.allSatisfy(\.isFinite)) == true,
        let parameters = try? JSONSerialization.data(withJSONObject: raw["parameters"] ?? [:])
      else { return nil }
      window.parameters = String(decoding: parameters, as: UTF8.self)
      return window
    }
  }

  /// The request as Studio writes it; `features` and `others` replace what it says.
  func body(features: String? = nil, others: String = "\"draw_graphs\":false,\"calculate_performance\":false") throws
    -> [UInt8]
  {
    let axes = "[" + axes.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    return Array(
      """
      {"features":\(try features ?? list),"axes":\(axes),"sampling_freq":\(frequency),
      "implementation_version":\(version),"params":\(parameters),"project_id":7,"named_axes":{},\(others)}
      """.utf8)
  }

  var list: String { get throws { "[" + (try values).map { "\($0)" }.joined(separator: ",") + "]" } }

  var values: [Double] {
    get throws {
      let file = block.replacing("-", with: "_")
      return try NumPyArray(contentsOf: Self.folder.appending(path: "\(file)/\(input)").path(percentEncoded: false))
        .values
    }
  }
}

/// An answer, read by a JSON reader that takes no NaN.
private struct Read {
  let fields: [String: Any]
  init(_ answer: BlockProtocol.Answer) throws {
    #expect(answer.status == 200)
    #expect(answer.contentType == "application/json")
    fields = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }
  var success: Bool? { fields["success"] as? Bool }
  var error: String? { fields["error"] as? String }
  func floats(_ value: Any?) -> [Float]? { (value as? [Any])?.map { ($0 as? NSNumber)?.floatValue ?? .nan } }
  var features: [Float]? { floats(fields["features"]) }
}

private func block(_ type: String) throws -> BlockDescriptor { try #require(BlockRegistry.block(type: type)) }

struct BlockProtocolTests {
  @Test func goldenWindowsAreThere() {
    #expect(Set(GoldenWindow.all.map(\.block)) == Set(BlockRegistry.blocks.map(\.type)))
  }

  @Test(arguments: GoldenWindow.all) private func aWindowGivesWhatTheReferenceSays(_ golden: GoldenWindow) throws {
    let service = BlockProtocol(block: try block(golden.block))
    let run = try Read(service.post(path: "/run", body: try golden.body()))
    let expected = try #require(golden.expected)
    #expect(run.success == true, "\(run.error ?? "")")
    #expect(run.fields["labels"] as? [String] == expected.labels)
    #expect(run.fields["fft_used"] as? [Int] == expected.fftUsed)
    let output = run.fields["output_config"] as? [String: Any]
    #expect(output?["type"] as? String == expected.outputConfig.type)
    let shape = output?["shape"] as? [String: Double]
    #expect(shape?.keys == expected.outputConfig.shape.keys)
    // Foundation's reader is off by a unit in the last place here and there.
    #expect(expected.outputConfig.shape.allSatisfy { abs((shape?[$0.key] ?? -1) - $0.value) < 1e-9 }, "\(shape ?? [:])")
    #expect((run.fields["graphs"] as? [Any])?.isEmpty == true)
    #expect(run.fields["performance"] == nil)

    let list = try golden.list
    let batch = try Read(service.post(path: "/batch", body: try golden.body(features: "[\(list),\(list),\(list)]")))
    let rows = try #require(batch.fields["features"] as? [[Any]])
    #expect(rows.count == 3)
    let one = try #require(run.features).map(\.bitPattern)
    #expect(
      rows.allSatisfy { batch.floats($0)?.map(\.bitPattern) == one }, "windows of a batch differ from the window alone")
    #expect(batch.fields["labels"] as? [String] == expected.labels ?? [])
  }

  @Test func theFeaturesAreTheEngines() throws {
    let golden = try #require(GoldenWindow.all.first { $0.block == "spectral-analysis" && $0.axes.count > 1 })
    let block = try block(golden.block)
    let request = try BlockRequest(try golden.body(), isBatch: false, block: block)
    let window = try SingleWindow(request.windows[0], axes: request.axes, frequency: request.frequency, for: block)
    let plan = try block.makePlan(request.parameters, version: request.version, input: window.shape)
    let run = try Read(BlockProtocol(block: block).post(path: "/run", body: try golden.body()))
    #expect(run.features == plan.features(ofWindow: window.values))
    #expect(request.windows[0] == (try golden.values), "values reach the block as they are written")
  }

  @Test func graphsAndPerformanceComeWhenAskedFor() throws {
    let golden = try #require(GoldenWindow.all.first { $0.block == "spectral-analysis" })
    let run = try Read(
      BlockProtocol(block: try block(golden.block)).post(
        path: "/run",
        body: try golden.body(others: "\"draw_graphs\":true,\"calculate_performance\":true")))
    let graphs = try #require(run.fields["graphs"] as? [[String: Any]])
    #expect(!graphs.isEmpty && graphs.allSatisfy { $0["name"] is String && $0["type"] is String })
    let performance = try #require((run.fields["performance"] as? [String: Any])?["result"] as? [String: Any])
    #expect(performance["time_ms"] as? Double ?? -1 >= 0)
    #expect(performance["memory"] as? Int ?? 0 > 0)
  }

  @Test(arguments: [1, 2, 5]) func aBatchKeepsItsOrder(_ threads: Int) throws {
    // Windows of two lengths, more of them than a slab holds.
    let windows = (0..<300).map { index in (0..<(index % 90 < 80 ? 8 : 12)).map { Double(index * 20 + $0) } }
    let service = BlockProtocol(block: try block("raw"), threads: threads)
    let body: [String: Any] = [
      "features": windows, "axes": ["x", "y"], "sampling_freq": 10, "implementation_version": 1,
      "params": ["scale-axes": 1],
    ]
    let batch = try Read(service.post(path: "/batch", body: Array(try JSONSerialization.data(withJSONObject: body))))
    #expect(batch.fields["features"] as? [[Double]] == windows)
    #expect(batch.fields["output_config"] as? NSDictionary == ["type": "flat", "shape": ["width": 8]])
  }

  @Test func whatIsNotFiniteIsNull() throws {
    let body = Array(
      #"{"features": [1e308, 2, 3, -1e308], "axes": ["x"], "sampling_freq": 10, "params": {"scale_axes": "10"}}"#.utf8)
    let answer = BlockProtocol(block: try block("raw")).post(path: "/run", body: body)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("\"features\":[null,20.0,30.0,null]"))
    #expect(try Read(answer).success == true)
  }

  @Test func missingOptionalFieldsTakeDefaults() throws {
    let bare = Array(#"{"features":[1,2,3,4],"axes":["x"],"sampling_freq":10,"params":{}}"#.utf8)
    let answer = try Read(BlockProtocol(block: try block("flatten")).post(path: "/run", body: bare))
    #expect(answer.success == true)
    #expect((answer.fields["labels"] as? [String])?.count == 7)
    let table = Array(#"{"features":[1,2,3],"axes":["x","y","z"],"sampling_freq":0,"params":{}}"#.utf8)
    #expect(try Read(BlockProtocol(block: try block("raw")).post(path: "/run", body: table)).features == [1, 2, 3])
    let image = Array(#"{"features":[2,1,16711680,255],"params":{"channels":"RGB"},"axes":["image"]}"#.utf8)
    let picture = try Read(BlockProtocol(block: try block("image")).post(path: "/run", body: image))
    #expect(picture.features == [1, 0, 0, 0, 0, 1])
  }

  /// A fault in the body, and how the answer names it.
  @Test(arguments: [
    ("", "a value"), ("[]", "the body must be a JSON object, found an empty list"),
    ("{}", "Missing \"features\" in body"),
    (#"{"features":[],"axes":["x"],"sampling_freq":1,"params":{}}"#, "Missing \"features\" in body"),
    (#"{"features":[1],"sampling_freq":1,"params":{}}"#, "Missing \"axes\" in body"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1}"#, "Missing \"params\" in body"),
    (#"{"features":[1],"axes":["x"],"params":{}}"#, "Missing \"sampling_freq\" in body"),
    (#"{"features":[NaN],"axes":["x"],"sampling_freq":1,"params":{}}"#, "a finite number"),
    (
      #"{"features":[1,null],"axes":["x"],"sampling_freq":1,"params":{}}"#, "features[1]: expected a number, found null"
    ),
    (#"{"features":"1,2","axes":["x"],"sampling_freq":1,"params":{}}"#, "features: expected a list of numbers"),
    (#"{"features":[1],"axes":[3],"sampling_freq":1,"params":{}}"#, "axes: expected a list of names"),
    (#"{"features":[1],"axes":["x",3],"sampling_freq":1,"params":{}}"#, "axes[1]: expected a name, found 3"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":"1","params":{}}"#, "sampling_freq: expected a number"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":-1,"params":{}}"#, "frequency = -1"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":[]}"#, "params: expected an object"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{"a":{}}}"#, "params.a: expected a text"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{"a":1}}"#, "no such parameter"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{},"implementation_version":9}"#, "version 1 only"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{},"implementation_version":1.5}"#, "a whole number"),
    (
      #"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{},"draw_graphs":1}"#,
      "draw_graphs: expected true or false"
    ),
    (#"{"features":[1,2,3],"axes":["x","y"],"sampling_freq":1,"params":{}}"#, "a whole number of rows of 2 axes"),
    (#"{"features":[1],"axes":[],"sampling_freq":1,"params":{}}"#, "axes"),
    (#"{"features":[1],"axes":["x"],"sampling_freq":1,"params":{}} x"#, "the end of the file"),
    (String(repeating: "[", count: 10_000), "at most 64 levels of nesting"),
    ("{\"features\":[1],\"axes\":[\"\(String(repeating: "x", count: 5000))\"]}", "texts of at most 4096 bytes"),
    ("{\"features\":[1],\"axes\":[\"\u{FFFD}", "the end of the file"),
  ])
  func faultsAreNamed(_ body: String, _ message: String) throws {
    let answer = try Read(BlockProtocol(block: try block("flatten")).post(path: "/run", body: Array(body.utf8)))
    #expect(answer.success == false)
    #expect(answer.error?.contains(message) == true, "\(answer.error ?? "no error")")
    #expect(answer.fields.count == 2)
  }

  @Test(arguments: [
    (#"{"features":[1,2],"axes":["x"],"sampling_freq":1,"params":{}}"#, "features: expected lists of numbers"),
    (
      #"{"features":[[1,2],[3],7],"axes":["x"],"sampling_freq":1,"params":{}}"#,
      "features[2]: expected a list of numbers, found 7"
    ),
    (
      #"{"features":[[1],[2,"a"]],"axes":["x"],"sampling_freq":1,"params":{}}"#,
      "features[1][1]: expected a number, found \"a\""
    ),
    (#"{"features":[[1,2],[]],"axes":["x"],"sampling_freq":1,"params":{}}"#, "features[1]: window = 0 rows"),
  ])
  func faultsOfABatchAreNamed(_ body: String, _ message: String) throws {
    let answer = try Read(BlockProtocol(block: try block("flatten")).post(path: "/batch", body: Array(body.utf8)))
    #expect(answer.success == false)
    #expect(answer.error?.contains(message) == true, "\(answer.error ?? "no error")")
  }

  @Test func bytesThatAreNoTextAreRefused() throws {
    let bytes: [UInt8] = Array("{\"features\":[1],\"axes\":[\"".utf8) + [0xFF, 0xC0] + Array("\"]}".utf8)
    let answer = try Read(BlockProtocol(block: try block("flatten")).post(path: "/run", body: bytes))
    #expect(answer.success == false && answer.error?.isEmpty == false)
  }

  @Test(arguments: BlockRegistry.blocks.map(\.type)) func aBlockIntroducesItself(_ type: String) throws {
    let block = try block(type)
    let service = BlockProtocol(block: block)
    let line = service.get(path: "/")
    #expect(line.contentType.hasPrefix("text/plain"))
    #expect(String(decoding: line.body, as: UTF8.self) == "Edge Impulse DSP block: \(block.title) by EdgeDSP")
    let document = try Read(service.get(path: "/parameters"))
    #expect(document.fields["version"] as? Int == 1)
    #expect((document.fields["info"] as? [String: Any])?["type"] as? String == type)
    let groups = try #require(document.fields["parameters"] as? [[String: Any]])
    let keys = groups.flatMap { ($0["items"] as? [[String: Any]])?.compactMap { $0["param"] as? String } ?? [] }
    #expect(keys == block.groups.flatMap(\.parameters).map(\.key))
  }

  @Test func otherPathsAreNotFound() throws {
    let service = BlockProtocol(block: try block("raw"))
    for answer in [service.get(path: "/run"), service.post(path: "/", body: []), service.post(path: "/x", body: [1])] {
      #expect(answer.status == 404)
      #expect(answer.contentType.hasPrefix("text/plain"))
    }
  }
}
