/// How tables of text (CSV and TXT) are read: what Studio's CSV wizard asks for.
///
/// Without options the first line names the columns, `timestamp` holds milliseconds and all other columns are axes.
/// Columns are given by name, or by number from 1 where no column has that name.
public struct TableOptions: Sendable, Equatable {
  /// What a column of timestamps holds.
  public enum TimestampFormat: String, Sendable, CaseIterable {
    /// Numbers.
    case milliseconds = "ms"
    /// Numbers.
    case seconds = "s"
    /// Numbers.
    case microseconds = "us"
    /// Numbers.
    case nanoseconds = "ns"
    /// `2024-05-01T12:00:00.25Z`; a blank may stand for the T, and the time zone may be missing.
    case dateTime = "iso8601"
    /// `12:00:00` or `12:00:00.25`; midnight may pass.
    case clock = "hh:mm:ss"
  }

  /// What a column of labels gives.
  public enum Labeling: String, Sendable, CaseIterable {
    /// One label: the value of the last row.
    case last
    /// Several labels: each run of equal values is a span of rows.
    case runs
  }

  /// How a file is cut into recordings. The last one may be shorter; it is kept.
  public enum Split: Sendable, Equatable {
    /// Rows of a recording; above 0.
    case rows(Int)
    /// Milliseconds of a recording; above 0. A recording has as many whole intervals as fit, at least one.
    case milliseconds(Double)
  }

  /// Lines before the names of the columns. Default: 0.
  public var skippedLines = 0
  /// The character between fields, ASCII. Default: of `,` `;` and tab the one that gives the first line most columns.
  public var delimiter: UInt8?
  /// Whether the first line names the columns. Without it they are `column1`, `column2`, … Default: true.
  public var hasHeader = true
  /// Names for the columns, one for each, in place of those of the first line. Default: empty, the file's own.
  public internal(set) var columnNames: [String] = []
  /// The column of timestamps. Default: the one named `timestamp`.
  public var timestampColumn: String?
  /// What the timestamps are. Default: milliseconds.
  public var timestampFormat = TimestampFormat.milliseconds
  /// Rows a second, in Hz, in place of what the timestamps say; these are not read then. Default: nil.
  public var frequencyHz: Double?
  /// The column of labels. Default: none.
  public var labelColumn: String?
  /// What the labels are for. Default: one label, that of the last row.
  public var labeling = Labeling.last
  /// The columns that are axes; empty for all but timestamps and labels. They stay in file order. Default: all.
  public var valueColumns: [String] = []
  /// How files are cut. Default: not at all.
  public var split: Split?

  /// What files give by themselves.
  public init() {}

  /// Whether a file must be read once before its recordings and their labels are known.
  var needsIndex: Bool { labelColumn != nil || split != nil }
}
