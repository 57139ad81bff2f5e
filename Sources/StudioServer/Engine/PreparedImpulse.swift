import FeatureGeneration
import ProcessingBlocks
import Synchronization

/// The generators of an impulse's blocks, each made when it is first needed.
///
/// A change of the impulse makes a new one of these, so that nothing old is left.
final class PreparedImpulse: Sendable {
  private let impulse: FeatureGeneration.Impulse
  private let file: String
  private let generators = Mutex<[Int: Result<FeatureGenerator, ImpulseError>]>([:])

  init(_ impulse: FeatureGeneration.Impulse, file: String) {
    self.impulse = impulse
    self.file = file
  }

  /// The generator of a block alone. Planning takes milliseconds: call it on engine threads.
  ///
  /// - Throws: `ImpulseError` with all that is wrong with the block.
  func generator(_ id: Int) throws(ImpulseError) -> FeatureGenerator {
    if let known = generators.withLock({ $0[id] }) { return try known.get() }
    var options = FeatureGenerator.Options()
    options.blockIDs = [id]
    let result: Result<FeatureGenerator, ImpulseError>
    do throws(ImpulseError) {
      result = .success(try FeatureGenerator(impulse, impulseFile: file, options: options))
    } catch {
      result = .failure(error)
    }
    generators.withLock { $0[id] = result }
    return try result.get()
  }

  /// A block, planned.
  func block(_ id: Int) throws -> PreparedBlock {
    guard let block = try generator(id).blocks.first else { throw Refusal("No DSP block found with ID \(id)") }
    return block
  }
}
