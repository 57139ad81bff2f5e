/// A part of a file that is a recording of its own, found by reading the file once.
///
/// Opening a section goes to its first byte; what the file says before it is remembered here.
public struct RecordingSection: Sendable, Equatable {
  /// From 1. Exports append it to the recording's name: `NAME.s1`.
  public let number: Int
  /// Sections of the file.
  public internal(set) var count: Int
  /// Its rows in the file, counted from 0.
  public let rows: Range<Int>
  /// Its bytes, from the first row, or what is left out before it, to the end of the last row.
  public let bytes: Range<Int>
  /// What the file says it shows; nil where it does not.
  public let label: RecordingLabel?
  /// Line of its first byte.
  let line: Int
  /// What all sections of the file share.
  var file: TableFile

  /// The text behind the recording's name and path: `.s1`; empty for a file that is one section.
  public var suffix: String { count > 1 ? ".s\(number)" : "" }

  /// Hash of the whole file, followed by the rows where there are several sections: `…#rows=0-99`.
  var fingerprint: String {
    count > 1 ? "\(file.fingerprint)#rows=\(rows.lowerBound)-\(rows.upperBound - 1)" : file.fingerprint
  }
}
