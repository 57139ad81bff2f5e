/// Writes CBOR for tests: each function gives the bytes of one item in the form asked for.
enum CBORWriter {
  static func head(_ major: UInt8, _ n: UInt64, width: Int? = nil) -> [UInt8] {
    let least = n < 24 ? 0 : n < 1 << 8 ? 1 : n < 1 << 16 ? 2 : n < 1 << 32 ? 4 : 8
    let width = width ?? least
    if width == 0 { return [major << 5 | UInt8(n)] }
    let info: UInt8 = width == 1 ? 24 : width == 2 ? 25 : width == 4 ? 26 : 27
    return [major << 5 | info] + (0..<width).reversed().map { UInt8(truncatingIfNeeded: n >> UInt64(8 * $0)) }
  }

  static func integer(_ n: Int, width: Int? = nil) -> [UInt8] {
    n < 0 ? head(1, UInt64(-1 - n), width: width) : head(0, UInt64(n), width: width)
  }

  static func half(_ bits: UInt16) -> [UInt8] { head(7, UInt64(bits), width: 2) }
  static func single(_ value: Float) -> [UInt8] { head(7, UInt64(value.bitPattern), width: 4) }
  static func double(_ value: Double) -> [UInt8] { head(7, value.bitPattern, width: 8) }

  static func text(_ text: String) -> [UInt8] { head(3, UInt64(text.utf8.count)) + text.utf8 }
  static func pieces(_ texts: [String]) -> [UInt8] { [0x7F] + texts.flatMap(text) + [0xFF] }

  static func list(_ items: [[UInt8]], open: Bool = false, width: Int? = nil) -> [UInt8] {
    let body = items.flatMap { $0 }
    return open ? [0x9F] + body + [0xFF] : head(4, UInt64(items.count), width: width) + body
  }

  static func map(_ pairs: [(String, [UInt8])], open: Bool = false) -> [UInt8] {
    let body = pairs.flatMap { text($0.0) + $0.1 }
    return open ? [0xBF] + body + [0xFF] : head(5, UInt64(pairs.count)) + body
  }

  static func tag(_ n: UInt64, _ item: [UInt8]) -> [UInt8] { head(6, n) + item }

  static func sensors(_ names: [String]) -> [UInt8] {
    list(names.map { map([("name", text($0)), ("units", text("u"))]) })
  }

  /// A document with these values, 10 ms apart. The values begin at byte 73 for the sensors x and y.
  static func document(_ values: [UInt8], sensors names: [String] = ["x", "y"], valuesFirst: Bool = false)
    -> [UInt8]
  {
    var pairs = [("interval_ms", half(0x4900)), ("sensors", sensors(names))]
    pairs.insert(("values", values), at: valuesFirst ? 0 : 2)
    return map([("payload", map(pairs))])
  }
}
