import Foundation

extension UploadSample {
  /// One recording per group of rows, in order of first appearance, named after the group.
  ///
  /// Rows of a group are sorted by time; its label, category and metadata must be the same in all rows.
  ///
  /// - Parameters:
  ///   - groupColumn: Rows with the same cell belong together.
  ///   - timeColumn: Times in seconds; fractions of a millisecond are kept.
  ///   - axes: Columns of data; nil means all that have no role.
  /// - Throws: `StudioError` of kind `invalidRequest`.
  public static func samples(
    grouped table: Table, by groupColumn: String, timeColumn: String, axes: [String]? = nil,
    roles: TableRoles = TableRoles()
  ) throws(StudioError) -> [UploadSample] {
    let group = try table.index(of: groupColumn)
    let time = try table.index(of: timeColumn)
    let constant = [roles.label, roles.category].compactMap(\.self) + roles.metadata
    let described = Set(constant + [groupColumn, timeColumn])
    let names = axes ?? table.columns.filter { !described.contains($0) }
    let columns = try table.indices(of: names)
    let constants = try table.indices(of: constant)
    let times = try TableTimes.scaled(table.rows.map { $0[time] }, factor: 1000)

    var order: [String] = []
    var members: [String: [Int]] = [:]
    for (row, cells) in table.rows.enumerated() {
      if members[cells[group]] == nil { order.append(cells[group]) }
      members[cells[group], default: []].append(row)
    }
    var heads: [[String]] = []
    var contents: [String: Data] = [:]
    for name in order {
      let rows = (members[name] ?? []).sorted { times[$0] < times[$1] }
      guard let first = rows.first else { continue }
      for column in constants where rows.contains(where: { table.rows[$0][column] != table.rows[first][column] }) {
        throw StudioError(
          .invalidRequest, "group \(name): expected one value in the column \(table.columns[column]), found several")
      }
      do throws(StudioError) {
        try TableTimes.checkRising(rows.map { times[$0] })
      } catch {
        throw StudioError(error.kind, "group \(name): \(error.message)")
      }
      heads.append(table.rows[first])
      contents[name] = series(
        rows.map { "\(times[$0])" }, names, rows.map { row in columns.map { table.rows[row][$0] } })
    }
    return try describe(heads, table, roles) { row in (contents[row[group]] ?? Data(), "\(row[group]).csv") }
  }
}
