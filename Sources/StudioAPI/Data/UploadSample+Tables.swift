import Datasets
import Foundation

/// The columns of a table that describe recordings rather than being data.
public struct TableRoles: Sendable, Equatable {
  /// Column of the label.
  public var label: String?
  /// Column of the category; empty cells mean `split`.
  public var category: String?
  /// Columns of the metadata, by their names.
  public var metadata: [String]

  /// Creates roles.
  public init(label: String? = nil, category: String? = nil, metadata: [String] = []) {
    self.label = label
    self.category = category
    self.metadata = metadata
  }
}

extension UploadSample {
  /// A recording from a whole table.
  ///
  /// More than one row make a time series, one row or none a table of features. A time series needs times: from
  /// `intervalMs`, else from the column `timestampColumn`, in milliseconds and rising.
  ///
  /// - Parameters:
  ///   - axes: Columns to take; nil means all.
  ///   - labelColumn: Runs of equal cells become labels for ranges of rows; the column is not data. In a table of
  ///     features it stays a column.
  ///   - intervalMs: Time between rows, in milliseconds, fractions included.
  ///   - timestampColumn: Default `timestamp`.
  ///   - fileName: Without extension; nil makes one up.
  /// - Throws: `StudioError` of kind `invalidRequest`.
  public init(
    table: Table, axes: [String]? = nil, labelColumn: String? = nil, intervalMs: Double? = nil,
    timestampColumn: String = "timestamp", label: String? = nil, metadata: [String: String] = [:],
    category: Datasets.Category = .split, fileName: String? = nil
  ) throws(StudioError) {
    let names = axes ?? table.columns.filter { $0 != timestampColumn && $0 != labelColumn }
    let columns = try table.indices(of: names.filter { $0 != labelColumn && $0 != timestampColumn })
    self.init(
      .bytes(Data()), fileName: fileName.map { "\($0).csv" } ?? Self.randomName(".csv"), category: category,
      label: label, metadata: metadata)
    let labels = try labelColumn.map { name throws(StudioError) in try table.index(of: name) }
    guard table.rows.count > 1 else {
      let all = columns + (labels.map { [$0] } ?? [])
      content = .bytes(
        Table.csv(header: all.map { table.columns[$0] }, rows: table.rows.map { row in all.map { row[$0] } }))
      return
    }
    let times: [String]
    if let intervalMs {
      times = try TableTimes.regular(count: table.rows.count, intervalMs: intervalMs)
    } else if let column = table.columns.firstIndex(of: timestampColumn) {
      let values = try TableTimes.scaled(table.rows.map { $0[column] }, factor: 1)
      try TableTimes.checkRising(values)
      times = values.map { "\($0)" }
    } else {
      throw StudioError(.invalidRequest, "a time series needs an interval or the column \(timestampColumn)")
    }
    content = .bytes(
      Self.series(times, columns.map { table.columns[$0] }, table.rows.map { row in columns.map { row[$0] } }))
    if let labels { structuredLabels = Self.runs(table.rows.map { $0[labels] }) }
  }

  /// One recording per row, each a table of features with a single row.
  ///
  /// - Parameter features: Columns to take.
  public static func samples(
    rowsOf table: Table, features: [String], roles: TableRoles = TableRoles()
  ) throws(StudioError) -> [UploadSample] {
    let columns = try table.indices(of: features)
    return try describe(table.rows, table, roles) { row in
      (Table.csv(header: features, rows: [columns.map { row[$0] }]), nil)
    }
  }

  /// One recording per row of a wide table with one axis: its cells are the values in turn.
  ///
  /// - Parameters:
  ///   - start: Position of the first column of data, from 0; columns with roles are left out.
  ///   - intervalMs: Time between values, in milliseconds.
  ///   - axis: Name of the axis. Default `value`.
  public static func samples(
    wide table: Table, from start: Int = 0, intervalMs: Double, axis: String = "value", roles: TableRoles = TableRoles()
  ) throws(StudioError) -> [UploadSample] {
    let described = Set([roles.label, roles.category].compactMap(\.self) + roles.metadata)
    let columns = table.columns.indices.filter { $0 >= start && !described.contains(table.columns[$0]) }
    guard !columns.isEmpty else { throw StudioError(.invalidRequest, "no columns of data from \(start) on") }
    let times = try TableTimes.regular(count: columns.count, intervalMs: intervalMs)
    return try describe(table.rows, table, roles) { row in
      (series(times, [axis], columns.map { [row[$0]] }), nil)
    }
  }

  /// One recording per row of a wide table with several axes, in columns `x0 y0 x1 y1 …`.
  ///
  /// - Parameters:
  ///   - axes: Names before the number.
  ///   - length: Values per axis.
  ///   - intervalMs: Time between values, in milliseconds.
  /// - Throws: `StudioError` of kind `invalidRequest`, naming all columns that are missing.
  public static func samples(
    wide table: Table, axes: [String], length: Int, intervalMs: Double, roles: TableRoles = TableRoles()
  ) throws(StudioError) -> [UploadSample] {
    guard length > 0, !axes.isEmpty else { throw StudioError(.invalidRequest, "expected axes and a positive length") }
    guard length <= table.columns.count else {
      throw StudioError(.invalidRequest, "expected \(length) values per axis, found \(table.columns.count) columns")
    }
    let positions = Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1, $0) })
    let names = (0..<length).map { index in axes.map { "\($0)\(index)" } }
    let missing = names.joined().filter { positions[$0] == nil }
    guard missing.isEmpty else {
      throw StudioError(.invalidRequest, "missing columns: \(missing.joined(separator: ", "))")
    }
    let columns = names.map { $0.compactMap { positions[$0] } }
    let times = try TableTimes.regular(count: length, intervalMs: intervalMs)
    return try describe(table.rows, table, roles) { row in
      (series(times, axes, columns.map { step in step.map { row[$0] } }), nil)
    }
  }

  // MARK: Steps

  /// A series as CSV, times first.
  static func series(_ times: [String], _ axes: [String], _ rows: [[String]]) -> Data {
    Table.csv(header: ["timestamp"] + axes, rows: zip(times, rows).map { [$0] + $1 })
  }

  /// Runs of equal labels; rows with an empty label have none.
  static func runs(_ labels: [String]) -> [Studio.StructuredLabel] {
    var result: [Studio.StructuredLabel] = []
    for (row, label) in labels.enumerated() {
      if row > 0, labels[row - 1] == label {
        if !label.isEmpty { result[result.count - 1].endIndex = row }
      } else if !label.isEmpty {
        result.append(Studio.StructuredLabel(startIndex: row, endIndex: row, label: label))
      }
    }
    return result
  }

  /// Recordings with the roles of their rows.
  static func describe(
    _ rows: [[String]], _ table: Table, _ roles: TableRoles,
    _ content: ([String]) throws(StudioError) -> (Data, name: String?)
  ) throws(StudioError) -> [UploadSample] {
    let metadata = try table.indices(of: roles.metadata)
    let label = try roles.label.map { name throws(StudioError) in try table.index(of: name) }
    let category = try roles.category.map { name throws(StudioError) in try table.index(of: name) }
    var samples: [UploadSample] = []
    for (index, row) in rows.enumerated() {
      let (data, name) = try content(row)
      var sample = UploadSample(.bytes(data), fileName: name ?? randomName(".csv"))
      sample.label = label.map { row[$0] }
      for column in metadata { sample.metadata[table.columns[column]] = row[column] }
      if let category, !row[category].isEmpty {
        guard let value = Datasets.Category(rawValue: row[category]) else {
          throw StudioError(.invalidRequest, "row \(index): expected a category, found \(row[category])")
        }
        sample.category = value
      }
      samples.append(sample)
    }
    return samples
  }
}
