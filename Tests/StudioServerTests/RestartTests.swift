// After any edits, a server that starts again must answer the very lists, ids, labels, order of recordings and impulse
// that the one before answered: what is shown is what is on disk.
// 200 edits from a fixed seed, hard names among them, over HTTP; the server is started anew after every 40.
// Once with `info.labels`, once with Studio's list in an order of its own, once with the list as a plain array.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct RestartTests {
  enum Register: String, CaseIterable, Sendable {
    case labels, sideLabels, list, array
  }

  /// Everything that a client can see of recordings and impulse.
  struct View: Equatable {
    var samples: [String]
    var metadata: JSONValue?
    var impulse: JSONValue?
    var configurations: [JSONValue?]

    init(_ server: ServerFixture) async throws {
      let list = try await server.call("GET", "/v1/api/1/raw-data?category=all").json
      // One a line, which tells better what differs.
      samples =
        try list?.list("samples").map {
          let encoder = JSONEncoder()
          encoder.outputFormatting = .sortedKeys
          return String(decoding: try encoder.encode($0), as: UTF8.self)
        } ?? []
      metadata = try await server.call("GET", "/v1/api/1/raw-data/metadata").json
      impulse = try await server.call("GET", "/v1/api/1/impulse").json
      configurations = []
      for id in [2, 3, 4] { configurations.append(try await server.call("GET", "/v1/api/1/dsp/\(id)").json?["config"]) }
    }
  }

  private static func prepare(_ register: Register, _ dataset: String) throws {
    switch register {
    case .labels: break
    case .sideLabels:
      let text = #"""
        {"version": 1, "type": "structured-labels", "structuredLabels": {"training/idle.0.json": [
        {"startIndex": 0, "endIndex": 300, "label": "a"}, {"startIndex": 301, "endIndex": 624, "label": "b"}]}}
        """#
      try text.write(toFile: "\(dataset)/structured_labels.labels", atomically: true, encoding: .utf8)
    case .list, .array:
      let entries = try Dataset.open(path: dataset).entries
      // In no order of ids; names repeat, so that the storage names tell.
      let samples = entries.map { entry in
        let name = RecordingName.fileName(path: entry.path)
        return
          #"{"id": \#(entry.sampleID * 37 % 101 + 10), "filename": "\#(entry.name)", "label": "\#(entry.name.prefix(4))", "#
          + #""category": "\#(entry.category.rawValue)", "coldstorageFilename": "7/x/\#(name)", "device": "d"}"#
      }.joined(separator: ",\n")
      try (register == .array ? "[\(samples)]" : #"{"success": true, "samples": [\#(samples)]}"#).write(
        toFile: "\(dataset)/samples.json", atomically: true, encoding: .utf8)
    }
  }

  static let names = [
    "wave.0", "idle.0", "wave.0.json", "training/wave.1.json", "a/b", "\u{e9}", "e\u{301}", "..", "x.s2", "new",
    "WAVE.0",
    "\"quoted\"", "1", ".json", "a\nb", " x ", String(repeating: "long", count: 250),
  ]

  /// One edit; some are refused, as any client's are.
  private static func edit(
    _ server: ServerFixture, _ ids: inout [Int], _ number: Int, _ random: inout SplitMix64
  ) async throws -> Bool {
    if ids.isEmpty { return false }
    func choose<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    let id = choose(ids)
    func post(_ path: String, _ value: JSONValue) async throws -> Bool {
      let body = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
      let answer = try await server.post("/v1/api/1/\(path)", body)
      return answer.json?["success"] == .bool(true)
    }
    switch random.next() % 12 {
    case 0, 1:
      let name = choose(Self.names)
      let answer = try await server.upload(
        [("\(name.replacing("/", with: "_")).json", UploadFixture.acquisition(number))],
        to: choose(["training", "testing"]),
        headers: choose([
          [], [("x-label", "up")], [("x-metadata", "{\"a\": \"b\"}")],
          [("x-bounding-boxes", "[{\"label\": \"l\", \"x\": 1.5, \"y\": 2, \"width\": 3, \"height\": 4}]")],
        ]))
      guard let new = try ServerFixture.files(answer).first?.sampleId else { return false }
      ids.append(new)
      return true
    case 2, 3: return try await post("raw-data/\(id)/rename", .object(["name": .string(choose(Self.names))]))
    case 4:
      return try await post(
        "raw-data/\(id)/edit-label",
        .object(["label": .string(choose(["", "a", "b/c", "\u{e9}", " x ", "null", "-", "a\nb"]))]))
    case 5:
      let end = choose([19, 624])
      let spans: [(Int, Int, String)] = choose([
        [(0, 9, "a"), (10, end, "b")], [(0, 9, "a"), (10, end, "a")], [(0, end, "")], [(0, end, "c")],
        [(0, 9, ""), (10, end, "b")], [(0, 9, "b"), (10, end, "")], [(0, end, "a"), (5, 8, "b")],
      ])
      let labels = spans.map {
        JSONValue.object(["startIndex": .integer($0.0), "endIndex": .integer($0.1), "label": .string($0.2)])
      }
      return try await post("raw-data/\(id)/structured-labels", .object(["structuredLabels": .array(labels)]))
    case 6:
      return try await post(
        "raw-data/\(id)/move", .object(["newCategory": .string(choose(["training", "testing", "validation"]))]))
    case 7: return try await post("raw-data/\(id)/disable", .object([:]))
    case 8: return try await post("raw-data/\(id)/enable", .object([:]))
    case 9:
      let last = random.next() % 2 == 0 ? ids.max() ?? id : id
      ids.removeAll { $0 == last }
      return try await server.call("DELETE", "/v1/api/1/raw-data/\(last)").json?["success"] == .bool(true)
    case 10:
      let fields: [String: JSONValue] = random.next() % 3 == 0 ? [:] : ["k\(number % 3)": .string("v\(number)")]
      return try await post("raw-data/\(id)/metadata", .object(["metadata": .object(fields)]))
    default:
      if random.next() % 4 == 0 { return try await post("impulse/update", .object(["name": .string("n\(number)")])) }
      return try await post(
        "dsp/2", .object(["config": .object(["fft-length": .string(choose(["16", "32", "64", "33"]))])]))
    }
  }

  @Test(arguments: Register.allCases)
  func whatIsShownIsWhatIsKept(register: Register) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "restart-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (dataset, impulse) = ("\(folder)/dataset", "\(folder)/impulse.json")
    let fixtures = ServerFixture.fixtures.path
    try FileManager.default.copyItem(atPath: "\(fixtures)/dataset", toPath: dataset)
    try FileManager.default.copyItem(atPath: "\(fixtures)/impulses/motion.json", toPath: impulse)
    try Self.prepare(register, dataset)
    var random = SplitMix64(seed: 20_261_122)
    var done = 0
    var last: View?
    var given = Set<Int>()
    for round in 0..<5 {
      let state = (random, last, done, given)
      (random, last, done, given) = try await ServerFixture.run {
        $0.dataset = dataset
        $0.impulseFile = impulse
      } _: { server in
        var (random, last, done, given) = state
        let first = try await View(server)
        if let last { #expect(first == last, "round \(round)") }
        var ids = try await Self.ids(server)
        given.formUnion(ids)
        for number in 0..<40 {
          let before = ids
          if try await Self.edit(server, &ids, round * 40 + number, &random) { done += 1 }
          let new = Set(ids).subtracting(before)
          #expect(given.isDisjoint(with: new), "\(new) were given before")
          given.formUnion(new)
        }
        #expect(try await Self.ids(server) == ids.sorted(by: >))
        last = try await View(server)
        return (random, last, done, given)
      }
      let opened = try Dataset.open(path: dataset)
      let project = try LocalProject(configuration: .init(dataset: dataset, impulseFile: impulse))
      #expect(project.contents.recordings.entries.map(\.sampleID) == opened.entries.map(\.sampleID))
      project.stop()
    }
    #expect(done > 120)
  }

  private static func ids(_ server: ServerFixture) async throws -> [Int] {
    let list = try await server.call("GET", "/v1/api/1/raw-data?category=all").json?.list("samples") ?? []
    return list.compactMap { if case .integer(let id)? = $0["id"] { id } else { nil } }
  }

  @Test func orderOfFeaturesIsTheSameAfterAStart() async throws {
    for register in Register.allCases {
      let folder = FileManager.default.temporaryDirectory.appending(path: "order-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.copyItem(atPath: ServerFixture.fixtures.appending(path: "dataset").path, toPath: folder)
      try Self.prepare(register, folder)
      let configuration = StudioServer.Configuration(
        dataset: folder, impulseFile: ServerFixture.fixtures.appending(path: "impulses/motion.json").path)
      let project = try LocalProject(configuration: configuration)
      let ids = project.contents.recordings.entries.map(\.sampleID)
      for id in [ids[3], ids[20], ids[7]] { try await project.edit(id) { $0.isDisabled = true } }
      for id in [ids[7], ids[3]] { try await project.edit(id) { $0.isDisabled = false } }
      try FileManager.default.copyItem(
        atPath: "\(folder)/training/idle.0.json", toPath: "\(folder)/training/idle.0.2.json")
      _ = try await project.add([
        NewRecording(path: "training/idle.0.2.json", name: "idle.0", category: .training, label: .unlabeled)
      ])
      let shown = project.contents.recordings
      project.stop()
      let again = try LocalProject(configuration: configuration)
      #expect(again.contents.recordings.entries == shown.entries, "\(register)")
      #expect(again.contents.recordings.disabled == shown.disabled, "\(register)")
      again.stop()
    }
  }
}
