import OutputFiles

/// The acquisition format as JSON. Numbers are the shortest texts that read back as the same doubles.
final class JSONEncoder: RecordingEncoder {
  private let file: BufferedFile
  private let width: Int
  private var isFirst = true

  init(_ target: RecordingTarget) throws {
    let header = target.header
    width = header.sensors.count
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    var fields: [String] = []
    if let name = header.deviceName { fields.append("\"device_name\":\(JSONWords.quoted(name))") }
    fields.append("\"device_type\":\(JSONWords.quoted(header.deviceType ?? "EDGEDSP"))")
    fields.append("\"interval_ms\":\(JSONWords.number(header.intervalMs))")
    let sensors = header.sensors.map {
      "{\"name\":\(JSONWords.quoted($0.name)),\"units\":\(JSONWords.quoted($0.units))}"
    }
    fields.append("\"sensors\":[\(sensors.joined(separator: ","))]")
    try file.append(
      ("{\"protected\":{\"ver\":\"v1\",\"alg\":\"none\"},\"signature\":\"\(AcquisitionSignature.none)\",\n\"payload\":{"
        + fields.joined(separator: ",") + ",\n\"values\":[").utf8)
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    for row in stride(from: 0, to: rows.count, by: width) {
      var text = isFirst ? "\n" : ",\n"
      isFirst = false
      if width > 1 { text += "[" }
      for axis in 0..<width {
        if axis > 0 { text += "," }
        text += JSONWords.number(rows[row + axis])
      }
      if width > 1 { text += "]" }
      try file.append(text.utf8)
    }
  }

  func finish() throws {
    try file.append("\n]}}\n".utf8)
    try file.finish()
  }
}

/// What stands for a signature where there is none.
enum AcquisitionSignature {
  static let none = String(repeating: "0", count: 64)
}

/// JSON's way to write texts and numbers.
enum JSONWords {
  /// In quotes, with escapes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// The shortest text of a finite number; whole numbers without a point.
  static func number(_ value: Double) -> String {
    // Minus zero keeps its sign as a fraction only.
    if let whole = Int64(exactly: value), abs(whole) < 1 << 53, whole != 0 || value.sign == .plus { return "\(whole)" }
    return "\(value)"
  }
}
