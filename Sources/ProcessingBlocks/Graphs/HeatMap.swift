/// A matrix that is shown as colours, with what stands at its edges.
public struct HeatMap: Sendable {
  /// A mark at an edge.
  public struct Tick: Sendable, Equatable {
    /// From the first cell's outer edge, in cells.
    public var position: Double
    /// What stands there.
    public var label: String
  }

  /// Most rows or columns that are kept; more than a screen shows.
  public static let mostCells = 1024

  /// Cells in a row.
  public let columns: Int
  /// Rows; the first is drawn at the bottom.
  public let rows: Int
  /// `rows` rows of `columns` values.
  public let values: [Float]
  /// Above the picture.
  public let title: String
  /// Below the picture.
  public let horizontalTitle: String
  /// At the left.
  public let verticalTitle: String
  /// Along the lower edge; nil for numbers of the columns.
  public let horizontalTicks: [Tick]?
  /// Along the left edge; nil for numbers of the rows.
  public let verticalTicks: [Tick]?

  /// A map of `columns` times `rows` values.
  ///
  /// A matrix with more than `mostCells` rows or columns is reduced: each cell shows the largest of several values,
  /// so that a narrow peak stays.
  ///
  /// - Parameter value: the value in a column and a row.
  init(
    title: String, columns: Int, rows: Int, horizontalTitle: String, verticalTitle: String,
    horizontalTicks: [Tick]? = nil, verticalTicks: [Tick]? = nil, value: (_ column: Int, _ row: Int) -> Float
  ) {
    let across = (columns + Self.mostCells - 1) / Self.mostCells
    let up = (rows + Self.mostCells - 1) / Self.mostCells
    let shownColumns = (columns + across - 1) / across
    let shownRows = (rows + up - 1) / up
    var values = [Float](repeating: .nan, count: shownColumns * shownRows)
    for row in 0..<rows {
      let target = row / up * shownColumns
      for column in 0..<columns {
        let index = target + column / across
        let next = value(column, row)
        if values[index].isNaN || next > values[index] { values[index] = next }
      }
    }
    self.title = title
    self.columns = shownColumns
    self.rows = shownRows
    self.values = values
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    let numbered = { (count: Int) in AxisTicks(0, Double(count), atMost: 10).ticks }
    // Positions are in cells of the full matrix.
    self.horizontalTicks = (horizontalTicks ?? (across > 1 ? numbered(columns) : nil))?
      .map { Tick(position: $0.position / Double(across), label: $0.label) }
    self.verticalTicks = (verticalTicks ?? (up > 1 ? numbered(rows) : nil))?
      .map { Tick(position: $0.position / Double(up), label: $0.label) }
  }

  /// Smallest and largest finite value; 0 and 0 if there is none.
  public var range: (lowest: Float, highest: Float) {
    var lowest = Float.infinity
    var highest = -Float.infinity
    for value in values where value.isFinite {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    return lowest <= highest ? (lowest, highest) : (0, 0)
  }
}
