/// Elements of a drawing as SVG text, in the order in which they are painted.
struct SVGText {
  enum Anchor: String { case start, middle, end }

  private let width: Int
  private let height: Int
  private var elements = ""

  /// An empty white sheet of `width` times `height` pixels.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The file.
  var text: String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"\(width)\" "
      + "height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\" font-family=\"Helvetica, Arial, sans-serif\" "
      + "font-size=\"12\">\n<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n\(elements)</svg>\n"
  }

  mutating func add(_ element: String) { elements += element + "\n" }

  mutating func addLine(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "#444444", width: Double = 1
  ) {
    add(
      "<line x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\" "
        + "stroke=\"\(color)\" stroke-width=\"\(Self.number(width))\"/>")
  }

  /// - Parameter turned: reads from bottom to top.
  mutating func addText(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, size: Int = 12, isBold: Bool = false,
    turned: Bool = false
  ) {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let turn = turned ? " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\"" : ""
    add(
      "<text \(place)\(turn) text-anchor=\"\(anchor.rawValue)\" font-size=\"\(size)\""
        + "\(isBold ? " font-weight=\"bold\"" : "") fill=\"#222222\">\(Self.escaped(text))</text>")
  }

  static func number(_ value: Double) -> String { AxisTicks.decimal(value, places: 2) }

  /// A text without markup and without characters that XML forbids.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
