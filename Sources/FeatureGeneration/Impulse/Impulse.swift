import Datasets
import ProcessingBlocks

/// What Studio calls an impulse, as far as features need it: how recordings are cut into windows, and the blocks
/// that turn a window into features.
public struct Impulse: Sendable {
  /// As Studio shows it.
  public let name: String
  /// In the impulse's order.
  public let blocks: [ImpulseBlock]
}

/// One processing block of an impulse with its settings.
public struct ImpulseBlock: Sendable {
  /// Studio's id, unique within the impulse.
  public var id: Int
  /// As Studio shows it.
  public var name: String
  /// Studio's type string, e.g. `spectral-analysis`.
  public var type: String
  /// Decides the block's arithmetic.
  public var implementationVersion: Int
  /// Names of the axes that the block sees, in its order.
  public var axes: [String]
  /// Studio's string map or native values; what is missing takes the default.
  public var parameters: [String: ParameterValue]
  /// How recordings are cut for this block.
  public var input: InputBlock

  /// The block's folder in an output directory: id and name, with everything but letters, digits, `.`, `_` and
  /// `-` replaced.
  public var folderName: String {
    let safe = name.lowercased().map { character -> Character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    return "\(id)-" + (safe.isEmpty ? type : Self.cut(String(safe)))
  }

  /// The beginning of a name, as long as a file system takes it.
  private static func cut(_ name: String) -> String {
    var scalars = String.UnicodeScalarView()
    var bytes = 0
    for scalar in name.unicodeScalars {
      bytes += scalar.utf8.count
      if bytes > 200 { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
