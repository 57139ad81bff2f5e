import Datasets
import Foundation
import ProcessingBlocks

extension Impulse {
  /// Reads an impulse file and checks everything that does not need a recording.
  ///
  /// The file holds `impulse` (inputBlocks, dspBlocks, learnBlocks) and, beside it, `dspBlockConfigs`: a list of
  /// `blockId` and `config`, which is a flat map or Studio's groups. A saved get-impulse answer loads unchanged.
  ///
  /// - Throws: `ImpulseError` with all problems.
  public init(contentsOf path: String) throws(ImpulseError) {
    let (impulse, problems) = try Self.read(path)
    if !problems.isEmpty { throw ImpulseError(file: path, problems: problems) }
    self = impulse
  }

  /// Reads what an impulse file holds, or is to hold, and checks it as `init(contentsOf:)` does.
  ///
  /// - Parameters:
  ///   - json: the file's bytes.
  ///   - file: its name, for messages.
  /// - Throws: `ImpulseError` with all problems.
  public init(json: Data, file: String) throws(ImpulseError) {
    let (impulse, problems) = try Self.read(json, file: file)
    if !problems.isEmpty { throw ImpulseError(file: file, problems: problems) }
    self = impulse
  }

  /// Reads an impulse file as far as it can be read: blocks whose input block is sound are there, whatever else is
  /// wrong.
  ///
  /// - Throws: `ImpulseError` where the file cannot be read or is no impulse at all.
  static func read(_ path: String) throws(ImpulseError) -> (impulse: Impulse, problems: [ImpulseError.Problem]) {
    let data: Data
    do throws(DatasetError) {
      data = try JSONFile(path: path, acceptsPipes: true).data
    } catch {
      var problem = ImpulseError.file(path, expected: error.expected, found: error.found)
      problem.fileKind = error.kind
      throw problem
    }
    return try read(data, file: path)
  }

  private static func read(
    _ data: Data, file path: String
  ) throws(ImpulseError) -> (impulse: Impulse, problems: [ImpulseError.Problem]) {
    let document: ImpulseDocument
    do {
      document = try JSONDecoder().decode(ImpulseDocument.self, from: data)
    } catch {
      throw decodingProblem(error, path, data)
    }
    if let duplicate = JSONDuplicateKey(in: data) {
      throw .file(path, expected: "each key once in an object", found: "\(duplicate.key) twice, at \(duplicate.path)")
    }
    return blocks(document, file: path)
  }

  private static func blocks(
    _ document: ImpulseDocument, file: String
  ) -> (impulse: Impulse, problems: [ImpulseError.Problem]) {
    var problems: [ImpulseError.Problem] = []
    var inputs: [Int: InputBlock] = [:]
    for (index, input) in document.impulse.inputBlocks.enumerated() {
      let place = "impulse.inputBlocks[\(index)]"
      problems += InputBlock.misspelledKeys(document.impulse.inputBlockKeys[index], place: place, file: file)
      do throws(ImpulseError) {
        var block = try InputBlock(input, place: place, file: file)
        block.subset = try DatasetSubset(input.datasetSubset, place: place, file: file)
        if inputs.updateValue(block, forKey: input.id) != nil {
          throw .problem(file, place, "id", "\(input.id)", "used twice")
        }
      } catch {
        problems += error.problems
      }
    }
    if document.impulse.inputBlocks.isEmpty {
      problems +=
        ImpulseError.problem(
          file, "impulse", "inputBlocks", "empty", "an impulse needs an input block"
        ).problems
    }
    var configurations: [Int: [String: ParameterValue]] = [:]
    for (index, configuration) in (document.dspBlockConfigs ?? []).enumerated() {
      let place = "dspBlockConfigs[\(index)]"
      let id = configuration.blockId
      if !document.impulse.dspBlocks.contains(where: { $0.id == id }) {
        problems +=
          ImpulseError.problem(
            file, place, "blockId", "\(id)", "the impulse has no processing block with this id",
            fix: "its ids are " + document.impulse.dspBlocks.map { "\($0.id)" }.joined(separator: ", ")
          ).problems
      } else if configurations.updateValue(configuration.config.values, forKey: id) != nil {
        problems += ImpulseError.problem(file, place, "blockId", "\(id)", "configured twice").problems
      }
    }
    var blocks: [ImpulseBlock] = []
    for (index, block) in document.impulse.dspBlocks.enumerated() {
      let place = "impulse.dspBlocks[\(index)]"
      guard let inputID = block.input ?? document.impulse.inputBlocks.first?.id else { continue }
      guard let input = inputs[inputID] else {
        // Without any input block, that is the one thing to say.
        if !document.impulse.inputBlocks.isEmpty
          && !document.impulse.inputBlocks.contains(where: { $0.id == inputID })
        {
          problems +=
            ImpulseError.problem(
              file, place, "input", "\(inputID)", "the impulse has no input block with this id"
            ).problems
        }
        continue
      }
      if blocks.contains(where: { $0.id == block.id }) {
        problems += ImpulseError.problem(file, place, "id", "\(block.id)", "used twice").problems
      }
      let doubled = Dictionary(grouping: block.axes) { ByteKey($0) }.filter { $0.value.count > 1 }.keys.map(\.text)
        .sorted()
      if let axis = doubled.first {
        problems += ImpulseError.problem(file, place, "axes", axis, "named twice").problems
      }
      blocks.append(
        ImpulseBlock(
          id: block.id, name: block.name ?? block.type, type: block.type,
          implementationVersion: block.implementationVersion
            ?? BlockRegistry.block(type: block.type)?.versions.upperBound ?? 1,
          axes: block.axes, parameters: configurations[block.id] ?? [:], input: input))
    }
    if document.impulse.dspBlocks.isEmpty {
      problems +=
        ImpulseError.problem(
          file, "impulse", "dspBlocks", "empty", "there is nothing to compute",
          fix: "add a processing block to the impulse"
        ).problems
    }
    return (Impulse(name: document.impulse.name ?? "", blocks: blocks), problems)
  }

  private static func decodingProblem(_ error: any Error, _ file: String, _ data: Data) -> ImpulseError {
    func path(_ keys: [any CodingKey]) -> String {
      keys.reduce("") { text, key in
        key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
      }
    }
    switch error as? DecodingError {
    case .keyNotFound(let key, let context):
      return .problem(file, path(context.codingPath), key.stringValue, "missing", "is required")
    case .typeMismatch(let type, let context) where context.codingPath.isEmpty,
      .valueNotFound(let type, let context) where context.codingPath.isEmpty:
      return .file(file, expected: "an impulse, which is \(plain(type))", found: "something else")
    case .typeMismatch(let type, let context):
      return .problem(file, "", path(context.codingPath), "of another type", "must be \(plain(type))")
    case .valueNotFound(let type, let context):
      return .problem(file, "", path(context.codingPath), "null", "must be \(plain(type))")
    case .dataCorrupted(let context):
      let place = path(context.codingPath)
      return .file(
        file, expected: place.isEmpty ? "JSON" : "another value as \(place)",
        found: JSONFault(in: data)?.description ?? context.debugDescription)
    default:
      return .file(file, expected: "an impulse", found: "\(error)")
    }
  }

  private static func plain(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type: "a whole number"
    case is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
    }
  }
}
