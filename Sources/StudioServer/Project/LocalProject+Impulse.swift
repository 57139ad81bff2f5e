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
  func changeImpulse(_ change: @Sendable (inout [String: JSONValue]) throws -> Void) throws {
    try checkWritable()
    try takeUpImpulse()
    var fields = contents.impulse.document.fields
    var impulse = fields["impulse"]?.fields ?? [:]
    try change(&impulse)
    fields["impulse"] = .object(impulse)
    // Configurations of blocks that are gone would make the file invalid.
    let ids = JSONValue.object(impulse).list("dspBlocks").map { $0["id"] ?? .null }
    fields["dspBlockConfigs"] = .array(
      JSONValue.object(fields).list("dspBlockConfigs").filter { ids.contains($0["blockId"] ?? .null) })
    try write(try ImpulseSettings(document: .object(fields), file: impulseFile))
  }

  private func write(_ settings: ImpulseSettings) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(settings.document)) + [UInt8(ascii: "\n")]
    watchedImpulse.withLock { $0.isWriting = true }
    defer {
      watchedImpulse.withLock {
        $0.note()
        $0.isWriting = false
      }
    }
    try ReplacedFile(path: impulseFile).write(bytes)
    publish { $0.impulse = settings }
  }
}

extension ImpulseSettings {
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
    _ = try new.prepared.generator(id)
    return new
  }
}
