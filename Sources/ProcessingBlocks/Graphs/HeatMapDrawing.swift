/// Draws a heat map, 800 pixels wide: title, axes, a colour for each cell and a bar that explains the colours.
struct HeatMapDrawing {
  private static let width = 800
  private static let left = 74.0
  private static let right = 700.0
  private static let top = 48.0

  let map: HeatMap

  private var bottom: Double { Self.top + height }

  /// Cells are square where that gives a readable height.
  private var height: Double {
    let square = (Self.right - Self.left) * Double(map.rows) / Double(map.columns)
    return min(max(square, 290), 420).rounded()
  }

  /// The drawing as an SVG file.
  var text: String {
    var sheet = SVGText(width: Self.width, height: Int(bottom) + 54)
    sheet.addText(map.title, Self.left, 28, size: 16, isBold: true)
    let (lowest, highest) = map.range
    addImage(
      &sheet, Self.left, Self.right, columns: map.columns, rows: map.rows,
      ColorMap.indices(map.values, lowest: lowest, highest: highest))
    addAxes(&sheet)
    addBar(&sheet, Double(lowest), Double(highest))
    return sheet.text
  }

  /// - Parameter indices: colours of the cells, the lowest row first.
  private func addImage(
    _ sheet: inout SVGText, _ left: Double, _ right: Double, columns: Int, rows: Int, _ indices: [UInt8]
  ) {
    var data: [UInt8] = []
    data.reserveCapacity(indices.count)
    for row in (0..<rows).reversed() { data += indices[row * columns..<(row + 1) * columns] }
    let file = PNGImage.encode(
      width: columns, height: rows, pixels: .indexed(palette: ColorMap.palette), data: data)
    let place =
      "x=\"\(SVGText.number(left))\" y=\"\(SVGText.number(Self.top))\" width=\"\(SVGText.number(right - left))\" "
      + "height=\"\(SVGText.number(height))\""
    sheet.add(
      "<image \(place) preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\" "
        + "xlink:href=\"data:image/png;base64,\(Base64.encode(file))\"/>")
    sheet.add("<rect \(place) fill=\"none\" stroke=\"#444444\"/>")
  }

  private func addAxes(_ sheet: inout SVGText) {
    let across = (Self.right - Self.left) / Double(map.columns)
    let up = height / Double(map.rows)
    for tick in Self.spaced(map.horizontalTicks ?? Self.numbers(map.columns, atMost: 14), apart: 44 / across) {
      let place = Self.left + tick.position * across
      sheet.addLine(place, bottom, place, bottom + 5)
      sheet.addText(tick.label, place, bottom + 19, .middle)
    }
    for tick in Self.spaced(map.verticalTicks ?? Self.numbers(map.rows, atMost: Int(height / 22)), apart: 15 / up) {
      let place = bottom - tick.position * up
      sheet.addLine(Self.left - 5, place, Self.left, place)
      sheet.addText(tick.label, Self.left - 9, place + 4, .end)
    }
    sheet.addText(map.horizontalTitle, (Self.left + Self.right) / 2, bottom + 42, .middle, size: 13)
    sheet.addText(map.verticalTitle, 18, (Self.top + bottom) / 2, .middle, size: 13, turned: true)
  }

  /// Numbers of cells, from 0, at their middles.
  private static func numbers(_ cells: Int, atMost count: Int) -> [HeatMap.Tick] {
    let step = max(1, (cells + count - 1) / count)
    return stride(from: 0, to: cells, by: step).map { HeatMap.Tick(position: Double($0) + 0.5, label: "\($0)") }
  }

  /// Ticks without those that would run into the one before; the last one stays.
  private static func spaced(_ ticks: [HeatMap.Tick], apart distance: Double) -> [HeatMap.Tick] {
    guard let last = ticks.last else { return [] }
    var kept: [HeatMap.Tick] = []
    for tick in ticks.dropLast()
    where last.position - tick.position >= distance
      && tick.position - (kept.last?.position ?? -.infinity) >= distance
    {
      kept.append(tick)
    }
    return kept + [last]
  }

  private func addBar(_ sheet: inout SVGText, _ lowest: Double, _ highest: Double) {
    let (left, right) = (722.0, 738.0)
    addImage(&sheet, left, right, columns: 1, rows: 255, Array(0..<ColorMap.missing))
    guard highest > lowest else {
      return sheet.addText(
        AxisTicks.label(lowest, step: max(abs(lowest) / 100, 1e-3), usesPowers: abs(lowest) >= 1e7), right + 9,
        bottom + 4)
    }
    for tick in AxisTicks(lowest, highest, atMost: 7).ticks {
      let place = bottom - (tick.position - lowest) / (highest - lowest) * height
      sheet.addLine(right, place, right + 5, place)
      sheet.addText(tick.label, right + 9, place + 4)
    }
  }
}
