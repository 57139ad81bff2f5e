/// All processing blocks. A new block is a folder beside this file and a line in this list.
public enum BlockRegistry {
  /// In the order in which they are listed to users.
  public static let blocks: [BlockDescriptor] = [
    .spectralAnalysis,
    .flatten,
    .raw,
    .image,
    .mfe,
    .mfcc,
    .spectrogram,
  ]

  /// The block of a Studio type string; `-` and `_` are the same.
  public static func block(type: String) -> BlockDescriptor? {
    let name = String(type.map { $0 == "_" ? "-" : $0 })
    return blocks.first { $0.type == name }
  }

  /// The type string that someone who wrote `name` most likely means; nil if none is like it.
  public static func nearestType(to name: String) -> String? {
    nearest(to: name, in: blocks.map(\.type))
  }
}
