/// Numbers as people read them.
enum Quantity {
  /// `1234567` as `1,234,567`.
  static func grouped(_ value: Int) -> String {
    var text = ""
    for (index, digit) in String(abs(value)).reversed().enumerated() {
      if index > 0 && index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (value < 0 ? "-" : "") + String(text.reversed())
  }

  /// `1536` as `1.5 kB`.
  static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 1000 { return unit == "B" ? "\(count) B" : "\(oneDecimal(value)) \(unit)" }
      value /= 1000
    }
    return "\(oneDecimal(value)) TB"
  }

  /// Seconds as `23 ms`, `1.5 s`, `12 s` or `3 min 20 s`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
    if seconds < 10 { return "\(oneDecimal(seconds)) s" }
    let whole = Int(seconds.rounded())
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  static func oneDecimal(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
