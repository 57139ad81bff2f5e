extension BlockGraph {
  /// The graph as Studio's `DspRunGraph`, on one line; pictures in base 64, values that are not finite as null.
  public var studioJSON: String {
    var fields = [("name", Self.quoted(name)), ("type", Self.quoted(type))]
    switch content {
    case .lines(let graph):
      let lines = graph.lines.map { "\(Self.quoted($0.name)):\(Self.list($0.values))" }
      fields.append(("X", "{\(lines.joined(separator: ","))}"))
      fields.append(("y", Self.list(graph.abscissa)))
      let numbers = [
        ("suggestedXMin", graph.suggestedHorizontal.minimum), ("suggestedXMax", graph.suggestedHorizontal.maximum),
        ("suggestedYMin", graph.suggestedVertical.minimum), ("suggestedYMax", graph.suggestedVertical.maximum),
        ("lineWidth", graph.lineWidth),
      ]
      fields += numbers.compactMap { name, value in value.map { (name, Self.number($0)) } }
      if let smoothing = graph.smoothing { fields.append(("smoothing", "\(smoothing)")) }
      fields.append(
        (
          "axisLabels",
          "{\"X\":\(Self.quoted(graph.titles.horizontal)),\"y\":\(Self.quoted(graph.titles.vertical))}"
        ))
    case .picture(let picture):
      fields.append(("image", "\"\(Base64.encode(picture.bytes))\""))
      fields.append(("imageMimeType", Self.quoted(picture.type.rawValue)))
    }
    return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private static func list(_ values: [Double]) -> String { "[" + values.map(number).joined(separator: ",") + "]" }

  private static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "null" }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
