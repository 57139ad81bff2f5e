import ArgumentParser
import Datasets
import Foundation

extension TableOptions.TimestampFormat: ExpressibleByArgument {}
extension TableOptions.Labeling: ExpressibleByArgument {}

/// How tables of text are read.
struct TableFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How CSV and TXT files are read, as JSON. Keys are the flags below without csv-, and \"values\" is a list. "
        + "Flags win over the file.", valueName: "file"))
  var csvOptions: String?

  @Option(help: ArgumentHelp("Lines to skip before the names of the columns. Default: 0.", valueName: "count"))
  var csvSkipLines: Int?

  @Option(
    help: ArgumentHelp(
      "The character between fields, or tab. Default: of comma, semicolon and tab the one that gives the first line "
        + "most columns.", valueName: "character"))
  var csvDelimiter: String?

  @Flag(help: "The first line is a row already; the columns are column1, column2, …")
  var csvNoHeader = false

  @Option(
    help: ArgumentHelp(
      "Names of the columns, one for each: for files whose first line is a row already (--csv-no-header), or in place "
        + "of those that it has.", valueName: "name,name,…"))
  var csvNames: String?

  @Option(
    help: ArgumentHelp("The column of timestamps (name, or number from 1). Default: timestamp.", valueName: "column"))
  var csvTimestamp: String?

  @Option(help: "What timestamps are. The interval is the difference of the first two. Default: ms.")
  var csvTimestampFormat: TableOptions.TimestampFormat?

  @Option(help: ArgumentHelp("The sampling rate; timestamps are not read then.", valueName: "hz"))
  var csvFrequency: Double?

  @Option(help: ArgumentHelp("The column of labels.", valueName: "column"))
  var csvLabel: String?

  @Option(
    help: "What the labels are for: the last one for the whole recording, or each run for its rows. Default: last.")
  var csvLabelMode: TableOptions.Labeling?

  @Option(
    help: ArgumentHelp(
      "A column that is an axis; may be repeated. Default: all but timestamps and labels.", valueName: "column"))
  var csvValue: [String] = []

  @Option(
    help: ArgumentHelp(
      "Cut each file into recordings of this length, named NAME.s1, NAME.s2, … A shorter rest is one, too.",
      valueName: "ms"))
  var csvSplitMs: Double?

  @Option(help: ArgumentHelp("The same, with a length in rows.", valueName: "rows"))
  var csvSplitRows: Int?

  func validate() throws {
    if csvSplitMs != nil && csvSplitRows != nil {
      throw ValidationError("--csv-split-ms and --csv-split-rows exclude each other.")
    }
    var table = TableOptions()
    try apply(to: &table)
  }

  /// The options of the file and the flags together.
  var options: TableOptions {
    get throws {
      var table = TableOptions()
      if let csvOptions {
        do throws(DatasetError) {
          table = try TableOptions(path: csvOptions)
        } catch {
          let place = error.position == .none ? "" : ": \(error.position)"
          throw ParameterFileError(
            source: csvOptions + place, expected: error.expected, found: error.found,
            fileKind: error.position == .none ? error.kind : nil)
        }
      }
      try apply(to: &table)
      return table
    }
  }

  private func apply(to table: inout TableOptions) throws {
    try check("skip-lines", csvSkipLines) { count throws(TableOptions.Refusal) in try table.setSkippedLines(count) }
    try check("delimiter", csvDelimiter) { text throws(TableOptions.Refusal) in try table.setDelimiter(text) }
    try check("names", csvNames) { text throws(TableOptions.Refusal) in
      try table.setNames(
        text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) })
    }
    try check("frequency", csvFrequency) { hertz throws(TableOptions.Refusal) in try table.setFrequency(hertz) }
    try check("split-ms", csvSplitMs) { length throws(TableOptions.Refusal) in try table.setSplit(milliseconds: length)
    }
    try check("split-rows", csvSplitRows) { count throws(TableOptions.Refusal) in try table.setSplit(rows: count) }
    if csvNoHeader { table.hasHeader = false }
    if let csvTimestamp { table.timestampColumn = csvTimestamp }
    if let csvTimestampFormat { table.timestampFormat = csvTimestampFormat }
    if let csvLabel { table.labelColumn = csvLabel }
    if let csvLabelMode { table.labeling = csvLabelMode }
    if !csvValue.isEmpty { table.valueColumns = csvValue }
  }

  private func check<T: CustomStringConvertible>(
    _ flag: String, _ value: T?, _ set: (T) throws(TableOptions.Refusal) -> Void
  ) throws {
    guard let value else { return }
    do throws(TableOptions.Refusal) {
      try set(value)
    } catch {
      throw ValidationError("--csv-\(flag) \(value): must be \(error).")
    }
  }
}
