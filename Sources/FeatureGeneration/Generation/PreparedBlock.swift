import Crypto
import Foundation
import ProcessingBlocks

/// A processing block of an impulse, checked and planned.
public struct PreparedBlock: Sendable {
  /// One array that a block writes.
  struct Output: Sendable {
    let file: String
    let plan: any BlockPlan
  }

  /// The block as the impulse has it.
  public let block: ImpulseBlock
  /// Checked and ready for the block's windows.
  public let plan: any BlockPlan
  /// All parameters with their defaults, as Studio writes them.
  public let studioConfiguration: [String: String]
  let outputs: [Output]

  /// Plans a block; `includesRaw` adds its unprocessed windows as a second array.
  init(_ block: ImpulseBlock, includesRaw: Bool) throws(ConfigurationError) {
    guard let descriptor = BlockRegistry.block(type: block.type) else {
      throw ConfigurationError([
        ConfigurationIssue(
          "type", value: block.type, rule: "no such processing block here",
          suggestion: BlockRegistry.nearestType(to: block.type).map { "the nearest is \($0)" })
      ])
    }
    self.block = block
    if let issue = block.inputIssue { throw ConfigurationError([issue]) }
    plan = try descriptor.makePlan(
      block.parameters, version: block.implementationVersion, input: block.signalShape)
    studioConfiguration = descriptor.studioConfiguration(block.parameters)
    guard plan.featureCount > 0 else {
      throw ConfigurationError([
        ConfigurationIssue(block.type, value: "0 features", rule: "everything is switched off")
      ])
    }
    var outputs = [Output(file: "X.npy", plan: plan)]
    if includesRaw, let raw = BlockRegistry.block(type: "raw") {
      let plan = try raw.makePlan([:], version: raw.versions.upperBound, input: block.signalShape)
      outputs.append(Output(file: "X_raw.npy", plan: plan))
    }
    self.outputs = outputs
  }

  /// Warnings with the block's name in front.
  func named(_ warnings: [String]) -> [String] { warnings.map { "block \(block.id) (\(block.name)): \($0)" } }

  /// As below, with recordings resampled as a whole.
  public var configurationHash: String { configurationHash(resampling: .recording) }

  /// SHA-256 over everything that decides what the features of a given recording are.
  func configurationHash(resampling: ResamplingStage) -> String {
    let window = block.input.window
    let labeling =
      switch block.input.labeling {
      case .endOfWindow: "end-of-window"
      case .anywhereInWindow(let labels): "anywhere-in-window\u{0}" + labels.joined(separator: "\u{0}")
      }
    var parts =
      [
        block.type, "\(block.implementationVersion)", block.axes.joined(separator: "\u{0}"),
        "\(block.input.frequency)", "\(window.sizeMs)", "\(window.increaseMs)", "\(window.padsZeros)", labeling,
      ] + block.input.kind.hashParts + studioConfiguration.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    if resampling != .recording { parts.append("resampling=\(resampling.rawValue)") }
    let hash = SHA256.hash(data: Data(parts.joined(separator: "\u{1}").utf8))
    return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension Impulse {
  /// Plans the blocks with the given ids, or all.
  ///
  /// - Throws: `ImpulseError` with the problems of all blocks.
  func prepare(
    blockIDs: [Int], includesRaw: Bool, file: String
  ) throws(ImpulseError) -> [PreparedBlock] {
    var problems: [ImpulseError.Problem] = []
    for id in blockIDs where !blocks.contains(where: { $0.id == id }) {
      problems +=
        ImpulseError.problem(
          file, "", "block", "\(id)", "the impulse has no processing block with this id",
          fix: "its ids are " + blocks.map { "\($0.id)" }.joined(separator: ", ")
        ).problems
    }
    var prepared: [PreparedBlock] = []
    for block in blocks where blockIDs.isEmpty || blockIDs.contains(block.id) {
      do throws(ConfigurationError) {
        prepared.append(try PreparedBlock(block, includesRaw: includesRaw))
      } catch {
        let place = "block \(block.id) (\(block.name))"
        problems += error.issues.map { ImpulseError.Problem(place: place, issue: $0) }
      }
    }
    if !problems.isEmpty { throw ImpulseError(file: file, problems: problems) }
    return prepared
  }
}
