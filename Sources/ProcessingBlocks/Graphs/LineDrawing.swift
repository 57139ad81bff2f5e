import Glibc

/// Draws lines over an abscissa, 800 by 400 pixels: title, legend, grid, ticks and a colour for each line.
struct LineDrawing {
  private static let size = (width: 800, height: 400)
  private static let frame = (left: 74.0, right: 780.0, top: 60.0, bottom: 346.0)
  /// M. Okabe, K. Ito (2008): distinguishable for the colour-blind too.
  private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8c6d31"]
  private static let longestLegend = 8
  /// Values beyond this are drawn there: the difference of two must not overflow.
  private static let limit = 1e300

  private let name: String
  private let graph: LineGraph
  private let horizontal: (lowest: Double, highest: Double)
  private let vertical: (lowest: Double, highest: Double)

  init(name: String, graph: LineGraph) {
    self.name = name
    self.graph = graph
    horizontal = Self.extent(
      graph.abscissa.lazy.map(Self.limited), graph.suggestedHorizontal, margin: 0, floor: nil)
    let suggested = LineGraph.Range(
      minimum: graph.suggestedVertical.minimum.map(graph.placed),
      maximum: graph.suggestedVertical.maximum.map(graph.placed))
    vertical = Self.extent(
      graph.lines.lazy.flatMap { $0.values.lazy.map(graph.placed) }, suggested, margin: 0.04, floor: graph.drawnFloor)
  }

  fileprivate static func limited(_ value: Double) -> Double {
    value.isNaN ? value : min(max(value, -limit), limit)
  }

  /// The ends of an axis that shows all values and the suggested range; never empty.
  private static func extent(
    _ values: some Sequence<Double>, _ suggested: LineGraph.Range, margin: Double, floor: Double?
  ) -> (Double, Double) {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for value in values where !value.isNaN {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    if lowest > highest { (lowest, highest) = (suggested.minimum ?? 0, suggested.maximum ?? 1) }
    if let floor, lowest < floor, floor < highest { lowest = floor }
    let room = (highest - lowest) * margin
    lowest = min(lowest - room, suggested.minimum ?? .infinity)
    highest = max(highest + room, suggested.maximum ?? -.infinity)
    if highest - lowest > max(abs(lowest), abs(highest)) * 1e-9 { return (lowest, highest) }
    let spread = max(abs(highest) * 0.1, 1e-9)
    return (lowest - spread, highest + spread)
  }

  private func x(_ value: Double) -> Double {
    let place = (Self.limited(value) - horizontal.lowest) / (horizontal.highest - horizontal.lowest)
    return Self.frame.left + place * (Self.frame.right - Self.frame.left)
  }

  private func y(_ value: Double) -> Double {
    let place = (value - vertical.lowest) / (vertical.highest - vertical.lowest)
    // What lies far outside is clipped, wherever it is.
    return Self.frame.bottom - min(max(place, -2), 3) * (Self.frame.bottom - Self.frame.top)
  }

  /// The drawing as an SVG file.
  var text: String {
    var sheet = SVGText(width: Self.size.width, height: Self.size.height)
    let frame = Self.frame
    sheet.addText(name, frame.left, 26, size: 16, isBold: true)
    addAxes(&sheet)
    let area =
      "x=\"\(SVGText.number(frame.left))\" y=\"\(SVGText.number(frame.top))\" "
      + "width=\"\(SVGText.number(frame.right - frame.left))\" height=\"\(SVGText.number(frame.bottom - frame.top))\""
    sheet.add("<clipPath id=\"area\"><rect \(area)/></clipPath>\n<g clip-path=\"url(#area)\">")
    for (index, line) in graph.lines.enumerated() {
      sheet.add(
        "<path d=\"\(path(line.values))\" fill=\"none\" stroke=\"\(Self.colors[index % Self.colors.count])\" "
          + "stroke-width=\"\(SVGText.number(graph.lineWidth ?? 1.5))\" stroke-linejoin=\"round\"/>")
    }
    sheet.add("</g>\n<rect \(area) fill=\"none\" stroke=\"#444444\"/>")
    if graph.lines.count > 1 || graph.lines.contains(where: isEmpty) { addLegend(&sheet) }
    return sheet.text
  }

  private func addAxes(_ sheet: inout SVGText) {
    let frame = Self.frame
    for tick in AxisTicks(horizontal.lowest, horizontal.highest, atMost: 11).ticks {
      let place = x(tick.position)
      sheet.addLine(place, frame.top, place, frame.bottom, color: "#e4e4e4")
      sheet.addLine(place, frame.bottom, place, frame.bottom + 5)
      sheet.addText(tick.label, place, frame.bottom + 19, .middle)
    }
    for tick in AxisTicks(vertical.lowest, vertical.highest, atMost: 8).ticks {
      let place = y(tick.position)
      sheet.addLine(frame.left, place, frame.right, place, color: "#e4e4e4")
      sheet.addLine(frame.left - 5, place, frame.left, place)
      let label = graph.scale == .linear ? tick.label : "1e" + tick.label
      sheet.addText(label, frame.left - 9, place + 4, .end)
    }
    let titles = graph.drawnTitles ?? graph.titles
    sheet.addText(titles.horizontal, (frame.left + frame.right) / 2, Double(Self.size.height) - 14, .middle, size: 13)
    sheet.addText(titles.vertical, 18, (frame.top + frame.bottom) / 2, .middle, size: 13, turned: true)
  }

  /// Whether nothing of a line can be drawn.
  private func isEmpty(_ line: LineGraph.Line) -> Bool { !line.values.contains { $0.isFinite } }

  private func addLegend(_ sheet: inout SVGText) {
    var names = graph.lines.prefix(Self.longestLegend).map { line in
      String(line.name.prefix(24)) + (isEmpty(line) ? " (no finite values)" : "")
    }
    let others = graph.lines.count - names.count
    if others > 0 { names.append("and \(others) more") }
    // About 7 pixels a character; names that do not fit one row take no more than the frame's width.
    var place = Self.frame.left
    for (index, name) in names.enumerated() {
      let width = 44 + 7 * Double(name.count)
      if place + width > Self.frame.right + 20 { break }
      if index < Self.longestLegend {
        sheet.addLine(place, 45, place + 22, 45, color: Self.colors[index % Self.colors.count], width: 3)
      }
      sheet.addText(name, place + (index < Self.longestLegend ? 28 : 0), 49)
      place += width
    }
  }

  /// The line as far as it has values; of many values that share a pixel the lowest and the highest.
  private func path(_ values: [Double]) -> String {
    let count = max(0, min(values.count, graph.abscissa.count - graph.drawnFirst))
    let group = max(1, count / Int(Self.frame.right - Self.frame.left))
    var text = ""
    var isDrawing = false
    for start in stride(from: 0, to: count, by: group) {
      for index in corners(values, start..<min(start + group, count)) {
        let value = graph.placed(values[index])
        if value.isNaN {
          isDrawing = false
          continue
        }
        text +=
          "\(isDrawing ? "L" : "M")\(SVGText.number(x(graph.abscissa[graph.drawnFirst + index]))) \(SVGText.number(y(value)))"
        isDrawing = true
      }
    }
    return text
  }

  /// Where in a range the lowest and the highest value are, in order; a gap first, if there is one.
  private func corners(_ values: [Double], _ range: Range<Int>) -> [Int] {
    if range.count < 3 { return Array(range) }
    var (lowest, highest) = (range.lowerBound, range.lowerBound)
    var gap: Int?
    for index in range {
      if values[index].isNaN {
        gap = index
        continue
      }
      if !(values[index] >= values[lowest]) { lowest = index }
      if !(values[index] <= values[highest]) { highest = index }
    }
    return (gap.map { [$0] } ?? []) + [min(lowest, highest), max(lowest, highest)]
  }
}

extension LineGraph {
  /// Where a value stands on the scale; NaN for what has no place there.
  fileprivate func placed(_ value: Double) -> Double {
    if scale == .linear { return LineDrawing.limited(value * drawnFactor) }
    return value > 0 ? log10(LineDrawing.limited(value * drawnFactor)) : .nan
  }
}
