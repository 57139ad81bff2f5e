import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import ProcessingBlocks

struct Block: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at processing blocks, or run one on a single window.",
    subcommands: [BlockList.self, BlockShow.self, BlockRun.self])
}

struct BlockList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the processing blocks.")

  func run() throws {
    var table = TextTable(["block", "versions"])
    for block in BlockRegistry.blocks { table.rows.append([block.type, block.versionText]) }
    try Terminal.write(table.text + "\n`edgedsp block show NAME` describes a block and its parameters.\n")
  }
}

struct BlockShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Describe a block: parameters, defaults, valid values, versions.")

  @Argument(help: "The block's name; `edgedsp block list` shows all.")
  var name: String

  @Option(help: "Only what this implementation version uses. Default: all versions.")
  var version: Int?

  @Flag(help: "Print Studio's parameters.json.")
  var json = false

  func run() throws {
    let block = try BlockRegistry.required(name)
    if let version { try block.check(version: version) }
    if json { return try Terminal.write(block.parametersDocument(version: version).json) }
    var text = "\(block.type): \(block.title)\n\(TextParagraph.wrapped(block.summary))Versions: \(block.versionText)\n"
    for group in block.groups(version: version) {
      text += "\n\(group.title)\n"
      for parameter in group.parameters {
        text += "  \(parameter.key) = \(parameter.defaultValue.studioText)\n"
        text += TextParagraph.wrapped("\(parameter.title): \(parameter.validValues).\(parameter.scope)", indent: 6)
        text += TextParagraph.wrapped(parameter.help, indent: 6)
      }
    }
    try Terminal.write(text)
  }
}

extension ParametersDocument {
  fileprivate var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }
}

extension BlockDescriptor {
  var versionText: String {
    versions.count == 1 ? "\(versions.lowerBound)" : "\(versions.lowerBound) to \(versions.upperBound)"
  }
}

extension Parameter {
  /// When the parameter counts, as a sentence.
  fileprivate var scope: String {
    var text = ""
    if let versions {
      text +=
        versions.count == 1
        ? " Version \(versions.lowerBound) only." : " Versions \(versions.lowerBound) to \(versions.upperBound)."
    }
    if let condition {
      text += " Used when \(condition.parameter) is \(condition.equals ? "" : "not ")\(condition.value)."
    }
    return text
  }
}

extension BlockRegistry {
  /// The block of a name; an unknown one is an error that names the nearest.
  static func required(_ name: String) throws -> BlockDescriptor {
    if let block = block(type: name) { return block }
    throw UnknownBlockError(name: name, nearest: nearestType(to: name))
  }
}

/// A block that is asked for and does not exist.
struct UnknownBlockError: Error, CustomStringConvertible {
  let name: String
  let nearest: String?

  var description: String {
    "there is no block \(DatasetError.quoted(name)); "
      + (nearest.map { "the nearest is \"\($0)\", " } ?? "") + "`edgedsp block list` shows all"
  }
}
