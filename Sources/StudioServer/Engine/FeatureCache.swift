import Datasets
import FeatureGeneration

/// Features of recordings, by what they come from: the file, the settings, the labels.
final class FeatureCache: Sendable {
  private struct Key: Hashable, Sendable {
    let file: FileIdentity
    let configuration: String
    let label: String
  }

  private let cache = BoundedCache<Key, [RecordingFeatures.Window]>(mostBytes: 128 << 20)

  /// Features of all windows of a recording.
  ///
  /// - Throws: `DatasetError`.
  func windows(_ entry: DatasetEntry, generator: FeatureGenerator) throws -> [RecordingFeatures.Window] {
    guard let block = generator.blocks.first else { return [] }
    let key = FileIdentity(path: entry.filePath).map {
      Key(file: $0, configuration: block.configurationHash, label: "\(entry.label)")
    }
    if let key, let known = cache.value(key) { return known }
    let windows = try generator.features(
      ofRecordingAt: entry.filePath, block: block, label: entry.label, reading: entry.reading
    ).windows
    if let key {
      cache.insert(windows, for: key, bytes: windows.reduce(256) { $0 + 96 + 4 * $1.features.count })
    }
    return windows
  }
}
