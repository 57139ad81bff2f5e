import FeatureGeneration
import Foundation
import ProcessingBlocks
import StudioAPI

/// The impulse file: as the engine takes it, and as it is written.
struct ImpulseSettings: Sendable {
  /// As the engine takes it.
  let impulse: FeatureGeneration.Impulse
  /// All of the file, also what this engine does not use.
  let document: JSONValue
  /// For messages.
  let file: String
  /// The blocks, planned as they are needed.
  let prepared: PreparedImpulse

  /// - Throws: `ImpulseError` with everything that is wrong.
  init(file: String) throws(ImpulseError) {
    impulse = try Impulse(contentsOf: file)
    document = (try? JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: file)))) ?? .null
    self.file = file
    prepared = PreparedImpulse(impulse, file: file)
  }

  /// What a file would hold.
  ///
  /// - Throws: `ImpulseError` with everything that is wrong.
  init(document: JSONValue, file: String) throws {
    impulse = try Impulse(json: try JSONEncoder().encode(document), file: file)
    self.document = document
    self.file = file
    prepared = PreparedImpulse(impulse, file: file)
  }

  /// The block with an id.
  func block(_ id: Int) throws(Refusal) -> ImpulseBlock {
    guard let block = impulse.blocks.first(where: { $0.id == id }) else {
      throw Refusal("No DSP block found with ID \(id)")
    }
    return block
  }
}
