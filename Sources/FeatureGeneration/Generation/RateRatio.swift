import Datasets

/// How far a recording's rate may be from the impulse's.
///
/// Timestamps in seconds or microseconds that are read as milliseconds give rates that are wrong by a factor of 1000;
/// resampled, they are garbage without a word.
enum RateRatio {
  /// From here on there is no doubt that a unit is wrong.
  static let refused = 900.0
  /// From here on it deserves a warning.
  static let suspicious = 20.0

  /// The quotient of two rates, the larger one above.
  static func of(_ frequency: Double, _ wanted: Double) -> Double { max(frequency / wanted, wanted / frequency) }

  /// What helps where a table's timestamps have another unit, as the end of a message; empty for other files.
  static func cure(_ file: String) -> String {
    let name = file.lowercased()
    // Parts of a file have their number behind its extension.
    guard [".csv", ".txt", ".tsv"].contains(where: { name.hasSuffix($0) || name.contains($0 + ".s") }) else {
      return ""
    }
    return "; timestamps that are not milliseconds need --csv-timestamp-format s or us"
  }

  /// A warning about a recording that is resampled from a rate far from the impulse's; nil where that is near.
  static func warning(_ file: String, from frequency: Double, to wanted: Double) -> String? {
    guard of(frequency, wanted) > suspicious else { return nil }
    return "\(frequency) Hz is more than \(Int(suspicious)) times \(frequency > wanted ? "faster" : "slower") than the "
      + "impulse's \(wanted) Hz; is the recording's rate right?" + cure(file)
  }
}
