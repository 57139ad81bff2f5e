import Datasets
import FeatureGeneration
import Foundation
import OutputFiles
import ProcessingBlocks
import StudioAPI

/// Changes of the impulse file. Each is checked as a whole before it is written, in one step.
extension LocalProject {
  /// Changes some parameters of a block; the others stay.
  ///
  /// - Throws: `Refusal` for an unknown block or where nothing may be changed, `ImpulseError` for values that the block
  ///   does not take, `OutputError`.
  func setConfiguration(of id: Int, _ parameters: [String: ParameterValue]) throws {
    try checkWritable()
    try takeUpImpulse()
    try write(try contents.impulse.changed(block: id, parameters))
  }

  /// Replaces the impulse, its blocks or its name.
  ///
  /// - Throws: `Refusal` where nothing may be changed, `ImpulseError` for an impulse that cannot be used, `OutputError`.
  func changeImpulse(_ change: ImpulseSettings.Change) throws {
    try checkWritable()
    try takeUpImpulse()
    try write(try contents.impulse.changed(change))
  }

  private func write(_ settings: ImpulseSettings) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // A link to the file stays one.
    let path = RealPath(impulseFile)?.text ?? impulseFile
    let text = ImpulseText(path: path, text: try encoder.encode(settings.document) + Data("\n".utf8))
    watchedImpulse.withLock { $0.isWriting = true }
    defer { watchedImpulse.withLock { $0.isWriting = false } }
    // What an error leaves is read again by the next call.
    try RegisterWrite([text], sync: sync).run()
    watchedImpulse.withLock { $0.note() }
    publish { $0.impulse = settings }
  }
}

private struct ImpulseText: RegisterFile {
  let path: String
  let text: Data

  func contents() -> Data { text }
}

extension ImpulseSettings {
  /// A change of the fields of the impulse.
  typealias Change = @Sendable (inout [String: JSONValue]) throws -> Void

  /// These settings with other fields of the impulse.
  ///
  /// - Throws: `ImpulseError` where a block could not be computed any more.
  func changed(_ change: Change) throws -> ImpulseSettings {
    var fields = document.fields
    var impulse = fields["impulse"]?.fields ?? [:]
    try change(&impulse)
    fields["impulse"] = .object(impulse)
    // Configurations of blocks that are gone, or of another type now, would make the file invalid.
    let types = { (impulse: JSONValue?) in
      Dictionary(
        (impulse?.list("dspBlocks") ?? []).map { ($0["id"] ?? .null, $0["type"]) }, uniquingKeysWith: { $1 })
    }
    let (old, new) = (types(document["impulse"]), types(.object(impulse)))
    fields["dspBlockConfigs"] = .array(
      document.list("dspBlockConfigs").filter { configuration in
        let id = configuration["blockId"] ?? .null
        return new[id] != nil && (old[id] == nil || old[id] == new[id])
      })
    try Self.checkBlocks(.object(impulse))
    let settings = try ImpulseSettings(document: .object(fields), file: file)
    // A new name is no reason to look at blocks that were in the file before.
    if settings.inputsAndBlocks != inputsAndBlocks { try settings.check(settings.impulse.blocks.map(\.id)) }
    return settings
  }

  /// Blocks of an impulse, of each kind. Studio's projects have a handful.
  private static let mostBlocks = 200

  /// Refuses more blocks than anybody can want, and ids by which no call could name a block.
  private static func checkBlocks(_ impulse: JSONValue) throws(Refusal) {
    var known = Set<Int>()
    for kind in ["inputBlocks", "dspBlocks", "learnBlocks", "postProcessingBlocks"] {
      let blocks = impulse.list(kind)
      if blocks.count > mostBlocks {
        throw Refusal("\(kind) has \(blocks.count) blocks, and \(mostBlocks) are the most")
      }
      for case .integer(let id)? in blocks.map({ $0["id"] }) {
        if Int32(exactly: id) == nil || id < 1 { throw Refusal("\(kind): the id \(id) must be from 1 to \(Int32.max)") }
        if !known.insert(id).inserted { throw Refusal("\(kind): the id \(id) is that of another block") }
      }
    }
  }

  private var inputsAndBlocks: [JSONValue?] {
    [document["impulse"]?["inputBlocks"], document["impulse"]?["dspBlocks"]]
  }

  /// Plans blocks as generation does, each by itself.
  ///
  /// - Throws: `ImpulseError` with all that is wrong with them.
  func check(_ ids: [Int]) throws(ImpulseError) {
    var all: ImpulseError?
    for id in ids {
      var options = FeatureGenerator.Options()
      options.blockIDs = [id]
      options.includesRaw = true
      do throws(ImpulseError) {
        _ = try FeatureGenerator(impulse, impulseFile: file, options: options)
      } catch {
        var known = all ?? error
        known.problems += error.problems.filter { !known.problems.contains($0) }
        all = known
      }
    }
    if let all { throw all }
  }

  /// These settings with some parameters of a block changed; the others stay.
  ///
  /// - Throws: `Refusal` for an unknown block, `ImpulseError` for values that the block does not take.
  func changed(block id: Int, _ parameters: [String: ParameterValue]) throws -> ImpulseSettings {
    let block = try block(id)
    let descriptor = try BlockRegistry.required(block)
    let issues = descriptor.emptyValues(parameters)
    if !issues.isEmpty { throw ConfigurationError(issues) }
    let merged = descriptor.merged(parameters, over: block.parameters)
    var texts = descriptor.studioConfiguration(merged).mapValues(JSONValue.string)
    // What the block does not know stays, so that the check can say so.
    for (key, value) in merged where texts[key] == nil { texts[key] = .string(value.studioText) }
    let configuration = JSONValue.object(["blockId": .integer(id), "config": .object(texts)])
    var fields = document.fields
    var list = document.list("dspBlockConfigs")
    if let index = list.firstIndex(where: { $0["blockId"] == .integer(id) }) {
      list[index] = configuration
    } else {
      list.append(configuration)
    }
    fields["dspBlockConfigs"] = .array(list)
    let new = try ImpulseSettings(document: .object(fields), file: file)
    // The parameters must suit the block's windows too.
    try new.check([id])
    return new
  }
}
