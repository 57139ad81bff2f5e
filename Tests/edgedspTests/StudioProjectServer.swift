import Foundation
import HTTPTestServer
import ProcessingBlocks
import Synchronization

/// A project as Studio would serve it: two blocks, four small recordings, configurations that can be set.
final class StudioProjectServer: Sendable {
  static let key = "ei_0123456789abcdef"

  /// A recording: windows of 10 rows at 100 Hz, axes x and y.
  struct Recording: Sendable {
    var id: Int
    var name: String
    var label: String
    var category: String
    var rows: Int
  }

  struct State: Sendable {
    var configurations: [Int: [String: String]] = [2: [:], 3: ["average": "false"]]
    var recordings = [
      Recording(id: 21, name: "wave.1", label: "wave", category: "training", rows: 40),
      // Names repeat in Studio.
      Recording(id: 22, name: "wave.1", label: "wave", category: "training", rows: 25),
      Recording(id: 23, name: "idle.1", label: "idle", category: "training", rows: 31),
      Recording(id: 24, name: "idle.2", label: "idle", category: "testing", rows: 20),
    ]
    /// Files by path below the API, such as `dsp-data/2/x/training`.
    var files: [String: Data] = [:]
    /// Parameters that Studio does not store, whatever is set.
    var frozen: Set<String> = []
    var uploads: [RecordedRequest] = []
    /// What jobs log, entry by entry; one more each time that somebody asks.
    var log: [String] = []
    var logged = 0
    var jobsFail = false
  }

  private static let blocks: [(id: Int, type: String)] = [(2, "raw"), (3, "flatten")]
  let state = Mutex(State())
  private let server: Mutex<RecordingServer?> = Mutex(nil)

  init() throws {
    let server = try RecordingServer { [weak self] in self?.reply($0) ?? Reply(500, text: "") }
    self.server.withLock { $0 = server }
  }

  private var running: RecordingServer? { server.withLock { $0 } }
  var url: String { running?.url ?? "" }
  func stop() { running?.stop() }

  /// Method and path of what came so far, without the common beginning.
  var requests: [String] {
    (running?.requests ?? []).map { "\($0.method) \($0.path.replacing("/v1/api/7/", with: ""))" }
  }

  /// Bodies of what was posted to a path below the project.
  func bodies(_ path: String) -> [String] {
    (running?.requests ?? []).filter { $0.method == "POST" && $0.path == "/v1/api/7/\(path)" }
      .map { String(decoding: $0.body, as: UTF8.self) }
  }

  /// Runs the tool against this server.
  func edgedsp(
    _ arguments: String..., in folder: TemporaryFolder, key: String = key, project: Bool = true
  ) throws -> Outcome {
    let environment = [
      "EI_API_KEY": key, "EI_API_ENDPOINT": "\(url)/v1", "EI_INGESTION_ENDPOINT": url, "HOME": folder.path,
      "TMPDIR": folder.path,
    ]
    return try Tool.run(arguments + (project ? ["--project", "7"] : []), in: folder, environment: environment)
  }

  // MARK: Answers

  private func reply(_ request: RecordedRequest) -> Reply {
    guard request.headers["x-api-key"] == Self.key else {
      return Reply(401, text: "{\"success\":false,\"error\":\"Invalid API key \(request.headers["x-api-key"] ?? "")\"}")
    }
    if request.path.hasSuffix("/files") { return upload(request) }
    guard request.path.hasPrefix("/v1/api/7/") else { return Reply(404, text: "") }
    let path = String(request.path.dropFirst("/v1/api/7/".count))
    let parts = path.split(separator: "/").map(String.init)
    let query = Dictionary(
      request.query.map { ($0.prefix { $0 != "=" }.description, $0.drop { $0 != "=" }.dropFirst().description) },
      uniquingKeysWith: { $1 })
    if path.hasPrefix("dsp-data/") {
      let name = path + (query["raw"] == "true" ? "?raw" : "")
      guard let data = state.withLock({ $0.files[name] }) else { return .refusal("No features") }
      return Reply(type: "application/octet-stream", body: data)
    }
    switch (request.method, parts.first, parts.count) {
    case ("GET", "impulse", 1): return Reply(text: Self.impulse)
    case (_, "dsp", 2...): return block(request, Int(parts[1]) ?? 0, parts.dropFirst(2).joined(separator: "/"))
    case ("GET", "raw-data", 1): return list(query)
    case (_, "jobs", 2...) where !state.withLock({ $0.log.isEmpty }):
      return job(parts.dropFirst().joined(separator: "/"))
    case ("GET", "raw-data", 2) where parts[1] == "count":
      return Reply(text: "{\"success\":true,\"count\":\(recordings(query).count)}")
    case ("GET", "raw-data", 2): return sample(Int(parts[1]) ?? 0)
    case ("DELETE", "raw-data", 2):
      state.withLock { $0.recordings.removeAll { "\($0.id)" == parts[1] } }
      return .success
    default: return Reply(404, text: "{\"success\":false,\"error\":\"no such call\"}")
    }
  }

  private static let impulse = """
    {"success":true,"futureField":{"kept":[1,2.5]},"impulse":{"id":1,"name":"Small","type":"default","inputBlocks":[\
    {"id":1,"type":"time-series","name":"Time series","title":"Time series","windowSizeMs":100,\
    "windowIncreaseMs":50,"frequencyHz":100,"padZeros":false}],"dspBlocks":[{"id":2,"type":"raw","name":"Raw","title":"Raw",\
    "axes":["x","y"],"implementationVersion":1,"input":1},{"id":3,"type":"flatten","name":"Flatten",\
    "title":"Flatten","axes":["x","y"],"implementationVersion":1,"input":1}],"learnBlocks":[],\
    "postProcessingBlocks":[]}}
    """

  private func block(_ request: RecordedRequest, _ id: Int, _ call: String) -> Reply {
    guard let block = Self.blocks.first(where: { $0.id == id }) else { return .refusal("No such block") }
    switch (request.method, call) {
    case ("GET", ""):
      let values = state.withLock { $0.configurations[id] ?? [:] }.mapValues { ParameterValue.text($0) }
      guard
        let groups = try? JSONEncoder().encode(BlockRegistry.block(type: block.type)?.studioGroups(values, version: 1))
      else { return Reply(500, text: "") }
      return Reply(text: "{\"success\":true,\"config\":\(String(decoding: groups, as: UTF8.self))}")
    case ("POST", ""):
      struct Body: Decodable { let config: [String: String] }
      guard let body = try? JSONDecoder().decode(Body.self, from: request.body) else { return .refusal("Bad body") }
      state.withLock { state in
        for (key, value) in body.config where !state.frozen.contains(key) { state.configurations[id]?[key] = value }
      }
      return .success
    case ("POST", "clear"): return .success
    case ("GET", "get-autotuner-results"): return Reply(text: #"{"success":true,"results":[]}"#)
    case ("GET", "features/labels"): return Reply(text: #"{"success":true,"labels":["a","b"]}"#)
    case ("GET", "metadata"):
      return state.withLock { $0.files["dsp/\(id)/metadata"] }.map { Reply(body: $0) } ?? .refusal("No features")
    default: return Reply(404, text: "{\"success\":false,\"error\":\"no such call\"}")
    }
  }

  private func job(_ call: String) -> Reply {
    state.withLock { state in
      switch call {
      case "generate-features", "autotune-dsp": return Reply(text: #"{"success":true,"id":31}"#)
      case "31/status":
        let ended =
          state.logged < state.log.count
          ? "" : #","finished":"2024-05-01T10:00:09Z","finishedSuccessful":\#(!state.jobsFail)"#
        let fields = #""id":31,"category":"c","categoryKey":"k","key":"k","created":"2024-05-01T10:00:00Z""#
        return Reply(text: #"{"success":true,"job":{\#(fields),"jobNotificationUids":[]\#(ended)}}"#)
      case "31/stdout":
        state.logged = min(state.logged + 1, state.log.count)
        struct Entry: Encodable { let created = "2024-05-01T10:00:00.000Z", data: String }
        let entries = (try? JSONEncoder().encode(state.log.prefix(state.logged).map { Entry(data: $0) })) ?? Data()
        let text = String(decoding: entries, as: UTF8.self)
        return Reply(text: #"{"success":true,"stdout":\#(text),"totalCount":\#(state.logged)}"#)
      default: return Reply(404, text: #"{"success":false,"error":"no such call"}"#)
      }
    }
  }

  private func recordings(_ query: [String: String]) -> [Recording] {
    state.withLock { $0.recordings }.filter { query["category"] == "all" || query["category"] == $0.category }
  }

  private func list(_ query: [String: String]) -> Reply {
    let page = recordings(query).dropFirst(Int(query["offset"] ?? "") ?? 0).prefix(Int(query["limit"] ?? "") ?? .max)
    let samples = page.map(Self.json).joined(separator: ",")
    return Reply(text: "{\"success\":true,\"samples\":[\(samples)],\"totalCount\":\(recordings(query).count)}")
  }

  private func sample(_ id: Int) -> Reply {
    guard let recording = state.withLock({ $0.recordings.first { $0.id == id } }) else {
      return .refusal("No sample found with ID \(id)")
    }
    let values = (0..<recording.rows).map { "[\($0 + id),\(Double($0 * 7 % 32) / 4)]" }.joined(separator: ",")
    let payload = """
      {"device_type":"TEST","sensors":\(Self.sensors),"values":[\(values)],"intervalMs":10,"frequencyHz":100}
      """
    return Reply(
      text: """
        {"success":true,"sample":\(Self.json(recording)),"payload":\(payload),\
        "totalPayloadLength":\(recording.rows),"datastreamPayloads":[]}
        """)
  }

  private static let sensors =
    #"[{"index":0,"name":"x","units":"N/A"},{"index":1,"name":"y","units":"N/A"}]"#

  private static func json(_ recording: Recording) -> String {
    """
    {"id":\(recording.id),"filename":"\(recording.name)","signatureValidate":true,"created":"2024-05-01T10:00:00.000Z",\
    "lastModified":"2024-05-01T10:00:00.000Z","category":"\(recording.category)","coldstorageFilename":\
    "7/\(recording.category)/\(recording.name).json.\(recording.id).node.json","label":"\(recording.label)",\
    "intervalMs":10,"frequency":100,"originalIntervalMs":10,"originalFrequency":100,"deviceType":"TEST",\
    "sensors":\(sensors),"valuesCount":\(recording.rows),"added":"2024-05-01T10:00:00.000Z","boundingBoxes":[],\
    "boundingBoxesType":"object_detection","chartType":"chart","isDisabled":false,"isProcessing":false,\
    "processingError":false,"isCropped":false,"projectId":7,"sha256Hash":"abc\(recording.id)\(recording.rows)",\
    "datastreams":[]}
    """
  }

  private func upload(_ request: RecordedRequest) -> Reply {
    state.withLock { $0.uploads.append(request) }
    return Reply(text: #"{"success":true,"files":[{"success":true,"fileName":"a.json","sampleId":99,"projectId":7}]}"#)
  }
}

/// Runs a test with a project and a folder.
func withProject(_ body: (StudioProjectServer, TemporaryFolder) throws -> Void) throws {
  let server = try StudioProjectServer()
  defer { server.stop() }
  try withTemporaryFolder { folder in
    try body(server, folder)
    let files = folder.snapshot(".").filter { $0.value.range(of: Data(StudioProjectServer.key.utf8)) != nil }
    if !files.isEmpty { throw KeyLeaked(files: files.keys.sorted()) }
  }
}

/// The key is in files, among them what the tool printed last.
struct KeyLeaked: Error { var files: [String] }
