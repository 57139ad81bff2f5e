import Datasets
import Foundation
import ProcessingBlocks

/// What Studio asks of a custom processing block: `POST /run` with one window, `POST /batch` with many.
///
/// Fields that nothing depends on are accepted and passed over: `project_id`, `state` (these blocks have none),
/// `named_axes` (they have none either).
struct BlockRequest {
  /// The windows, flat. One for `/run`.
  var windows: [[Double]]
  /// Names of the axes.
  var axes: [String]
  /// In Hz.
  var frequency: Double
  /// `implementation_version`; the block's latest where it is absent.
  var version: Int
  /// Keys with - or _.
  var parameters: [String: ParameterValue]
  /// `draw_graphs`; false where it is absent.
  var drawsGraphs: Bool
  /// `calculate_performance`; false where it is absent.
  var measuresPerformance: Bool

  /// Reads the body of a request.
  ///
  /// - Parameters:
  ///   - isBatch: whether `features` is a list of windows.
  ///   - block: gives the default version, and says whether a rate is needed.
  /// - Throws: `BlockRequestError`.
  init(_ body: [UInt8], isBatch: Bool, block: BlockDescriptor) throws(BlockRequestError) {
    let document: JSONDocument
    do throws(DatasetError) {
      document = try JSONDocument(Data(body), name: "body")
    } catch {
      throw BlockRequestError("\(error)")
    }
    guard case .object(let fields) = document else {
      throw BlockRequestError("the body must be a JSON object, found \(document.kind)")
    }
    func field(_ name: String) -> JSONDocument? { fields[name].flatMap { $0 == .null ? nil : $0 } }
    func required(_ name: String) throws(BlockRequestError) -> JSONDocument {
      guard let value = field(name) else { throw BlockRequestError("Missing \"\(name)\" in body") }
      return value
    }
    windows = try Self.windows(try required("features"), isBatch: isBatch)
    axes = try Self.axes(block.takesImages ? field("axes") ?? .list([.text("image")]) : try required("axes"))
    parameters = try Self.parameters(try required("params"))
    frequency = try block.takesImages ? 1 : Self.number(try required("sampling_freq"), of: "sampling_freq")
    // Rows of a table have no rate: Studio says 0. These blocks do not ask for one.
    if frequency == 0 && ["raw", "flatten"].contains(block.type) { frequency = 1 }
    version = block.versions.upperBound
    if let value = field("implementation_version") {
      guard let whole = Int(exactly: try Self.number(value, of: "implementation_version")) else {
        throw BlockRequestError("implementation_version: expected a whole number, found \(value.kind)")
      }
      version = whole
    }
    drawsGraphs = try Self.flag(field("draw_graphs"), of: "draw_graphs")
    measuresPerformance = try Self.flag(field("calculate_performance"), of: "calculate_performance")
  }

  private static func windows(_ value: JSONDocument, isBatch: Bool) throws(BlockRequestError) -> [[Double]] {
    switch value {
    case .numbers(let values) where values.isEmpty: throw BlockRequestError("Missing \"features\" in body")
    case .numbers(let values) where !isBatch: return [values]
    case .list(let items) where isBatch:
      var windows: [[Double]] = []
      windows.reserveCapacity(items.count)
      for (index, item) in items.enumerated() { windows.append(try numbers(item, of: "features[\(index)]")) }
      return windows
    default: return [try numbers(value, of: "features", isBatch: isBatch)]
    }
  }

  private static func numbers(
    _ value: JSONDocument, of name: String, isBatch: Bool = false
  ) throws(BlockRequestError) -> [Double] {
    if case .list(let items) = value {
      for (index, item) in items.enumerated() {
        if case .number = item { continue }
        throw BlockRequestError("\(name)[\(index)]: expected a number, found \(item.kind)")
      }
    }
    guard case .numbers(let values) = value, !isBatch else {
      throw BlockRequestError("\(name): expected \(isBatch ? "lists" : "a list") of numbers, found \(value.kind)")
    }
    return values
  }

  private static func axes(_ value: JSONDocument) throws(BlockRequestError) -> [String] {
    guard case .list(let items) = value else {
      throw BlockRequestError("axes: expected a list of names, found \(value.kind)")
    }
    var names: [String] = []
    for (index, item) in items.enumerated() {
      guard case .text(let name) = item else {
        throw BlockRequestError("axes[\(index)]: expected a name, found \(item.kind)")
      }
      names.append(name)
    }
    return names
  }

  private static func parameters(_ value: JSONDocument) throws(BlockRequestError) -> [String: ParameterValue] {
    guard case .object(let fields) = value else {
      throw BlockRequestError("params: expected an object, found \(value.kind)")
    }
    var parameters: [String: ParameterValue] = [:]
    for (key, value) in fields {
      switch value {
      case .null: parameters[key] = .null
      case .boolean(let value): parameters[key] = .boolean(value)
      case .number(let value): parameters[key] = Int(exactly: value).map(ParameterValue.integer) ?? .number(value)
      case .text(let value): parameters[key] = .text(value)
      case .numbers, .list, .object:
        throw BlockRequestError("params.\(key): expected a text, a number, true or false, found \(value.kind)")
      }
    }
    return parameters
  }

  private static func number(_ value: JSONDocument, of name: String) throws(BlockRequestError) -> Double {
    guard case .number(let number) = value else {
      throw BlockRequestError("\(name): expected a number, found \(value.kind)")
    }
    return number
  }

  private static func flag(_ value: JSONDocument?, of name: String) throws(BlockRequestError) -> Bool {
    switch value {
    case nil: return false
    case .boolean(let flag): return flag
    case .some(let other): throw BlockRequestError("\(name): expected true or false, found \(other.kind)")
    }
  }
}

/// What is wrong with a request, in words for its sender.
struct BlockRequestError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
