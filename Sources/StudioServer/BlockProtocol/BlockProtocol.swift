import Datasets
import Foundation
import ProcessingBlocks

/// Studio's protocol for custom processing blocks, spoken for one of the engine's blocks.
///
/// | request | answer |
/// |---|---|
/// | `GET /` | one line of text: title and author |
/// | `GET /parameters` | `parameters.json` |
/// | `POST /run` | features of one window, graphs and performance if asked for |
/// | `POST /batch` | features of many windows |
///
/// An error is HTTP 200 with `{"success": false, "error": …}`, as Studio expects it; another path is 404.
///
/// Answers are valid JSON: features that are no finite numbers are `null`, which is what JavaScript writes for them.
/// Nothing here knows HTTP, so that everything can be tested without a socket.
public struct BlockProtocol: Sendable {
  /// An answer, as HTTP carries it.
  public struct Answer: Sendable, Equatable {
    /// HTTP's number.
    public var status: Int
    /// The header `Content-Type`.
    public var contentType: String
    /// The bytes.
    public var body: [UInt8]

    init(status: Int = 200, contentType: String = "application/json", _ body: String) {
      self.status = status
      self.contentType = contentType
      self.body = Array(body.utf8)
    }

    /// `{"success": false, "error": …}`.
    public static func failure(_ message: String) -> Answer {
      Answer("{\"success\":false,\"error\":\(JSONWords.quoted(message))}")
    }
  }

  /// The port on which Studio looks for a block.
  public static let defaultPort = 4446

  private let block: BlockDescriptor
  private let threads: Int

  /// Speaks for a block.
  ///
  /// - Parameter threads: threads that compute a batch, the calling one among them. Default: 1.
  public init(block: BlockDescriptor, threads: Int = 1) {
    self.block = block
    self.threads = threads
  }

  /// Answers a GET.
  ///
  /// - Parameter path: without the query.
  public func get(path: String) -> Answer {
    switch path {
    case "/":
      return Answer(contentType: "text/plain; charset=utf-8", "Edge Impulse DSP block: \(block.title) by EdgeDSP")
    case "/parameters":
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      guard let json = try? encoder.encode(block.parametersDocument()) else {
        return .failure("the parameters cannot be written")
      }
      return Answer(String(decoding: json, as: UTF8.self))
    default: return notFound(path)
    }
  }

  /// Whether a POST to this path has a body that is worth reading.
  static func takesPosts(_ path: String) -> Bool { path == "/run" || path == "/batch" }

  /// Answers a POST. Computes on the calling thread, which is one of the engine's own, and for a batch on others.
  ///
  /// - Parameter path: without the query.
  /// - Complexity: that of the features; memory grows with the body.
  public func post(path: String, body: [UInt8]) -> Answer {
    do {
      switch path {
      case "/run": return try run(try BlockRequest(body, isBatch: false, block: block))
      case "/batch": return try batch(try BlockRequest(body, isBatch: true, block: block))
      default: return notFound(path)
      }
    } catch {
      return .failure("\(error)")
    }
  }

  private func notFound(_ path: String) -> Answer {
    Answer(status: 404, contentType: "text/plain; charset=utf-8", "Invalid path \(path)\n")
  }

  // MARK: One window

  private func run(_ request: BlockRequest) throws -> Answer {
    let window = try SingleWindow(request.windows[0], axes: request.axes, frequency: request.frequency, for: block)
    let plan = try block.makePlan(request.parameters, version: request.version, input: window.shape)
    if let refusal = plan.refusal(ofWindow: window.values) { throw ConfigurationError([refusal]) }
    let features = plan.features(ofWindow: window.values)
    let graphs = request.drawsGraphs ? plan.graphs(ofWindow: window.values).map(\.studioJSON) : []
    var fields = [
      ("success", "true"), ("features", Self.list(features)), ("graphs", "[\(graphs.joined(separator: ","))]"),
    ]
    // Blocks without names leave the field out, as the reference does; a block that computes nothing has no name to
    // give.
    if !plan.featureLabels.isEmpty || plan.featureCount == 0 {
      fields.append(("labels", Self.list(plan.featureLabels)))
    }
    fields.append(("fft_used", "[\(plan.fftUsed.map(String.init).joined(separator: ","))]"))
    fields.append(("output_config", plan.outputConfiguration.studioJSON))
    if request.measuresPerformance { fields.append(("performance", performance(plan, window.values))) }
    return Answer(Self.object(fields))
  }

  /// What a window costs on this machine: the median of a few runs, in milliseconds, and the memory that they need.
  private func performance(_ plan: any BlockPlan, _ window: [Double]) -> String {
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in clock.measure { _ = plan.features(ofWindow: window) } }.sorted()
    let (seconds, attoseconds) = times[times.count / 2].components
    let milliseconds = Double(seconds) * 1e3 + Double(attoseconds) * 1e-15
    let memory =
      plan.scratchByteCount(hop: plan.input.rows, windows: 1) + window.count * MemoryLayout<Double>.stride
      + plan.featureCount * MemoryLayout<Float>.stride
    return "{\"result\":{\"time_ms\":\(milliseconds),\"memory\":\(memory)}}"
  }

  // MARK: Many windows

  private func batch(_ request: BlockRequest) throws -> Answer {
    let batch = try WindowSeries(request, block: block)
    let features = try batch.features(threads: threads)
    let plan = batch.firstPlan
    var text = "{\"success\":true,\"features\":["
    for (index, window) in features.enumerated() {
      if index > 0 { text += "," }
      text += Self.list(window)
    }
    text += "],\"labels\":\(Self.list(plan.featureLabels)),"
    text += "\"fft_used\":[\(plan.fftUsed.map(String.init).joined(separator: ","))],"
    text += "\"output_config\":\(plan.outputConfiguration.studioJSON)}"
    return Answer(text)
  }

  // MARK: JSON

  private static func list(_ values: [Float]) -> String {
    "[" + values.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",") + "]"
  }

  private static func list(_ values: [String]) -> String {
    "[" + values.map(JSONWords.quoted).joined(separator: ",") + "]"
  }

  private static func object(_ fields: [(name: String, value: String)]) -> String {
    "{" + fields.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }
}
