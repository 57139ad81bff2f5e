/// What the path of a recording says about its name.
///
/// Paths are cut at bytes. Cut at characters, `/` with a combining mark behind it would be no separator, although
/// the file system sees one.
public enum RecordingName {
  /// The last component of a path; the path itself when it has none.
  /// - Complexity: O(bytes).
  public static func fileName(path: some StringProtocol) -> String {
    String(components(String(path)).last ?? Substring(path))
  }

  /// The name that a recording has without a label file: its file name without its last extension.
  /// `wave.1.cbor` gives `wave.1`. A name without a dot, or with only one at its beginning, stays whole.
  /// - Complexity: O(bytes).
  public static func stem(fileName: some StringProtocol) -> String {
    let name = String(fileName)
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The components of a path between its slashes, empty ones left out.
  static func components(_ path: String) -> [Substring] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
  }

  /// What follows the last dot of a file name, in lower case, not counting the split number (`.s2`) that exports
  /// append; empty without a dot.
  static func fileExtension(fileName: String) -> String {
    var parts = fileName.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if parts.count > 2, let last = parts.last, last.count > 1, last.first == UInt8(ascii: "s"),
      last.dropFirst().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    {
      parts.removeLast()
    }
    guard parts.count > 1, let last = parts.last else { return "" }
    return Substring(last).lowercased()
  }
}
