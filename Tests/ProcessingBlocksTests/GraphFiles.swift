import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Why a file is no PNG of the kind that is written here.
struct PNGFault: Error { let reason: String }

/// A PNG file of stored blocks, taken apart; every length and checksum is compared.
struct DecodedPNG: Equatable {
  var width: Int
  var height: Int
  var colorType: Int
  var rows: [[UInt8]]

  init(width: Int, height: Int, colorType: Int, rows: [[UInt8]]) {
    (self.width, self.height, self.colorType, self.rows) = (width, height, colorType, rows)
  }

  init(_ file: [UInt8]) throws {
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw PNGFault(reason: "signature")
    }
    var chunks: [String: [UInt8]] = [:]
    var rest = file.dropFirst(8)
    while rest.count >= 12 {
      let count = Self.number(rest.prefix(4))
      guard rest.count >= count + 12 else { throw PNGFault(reason: "a chunk of \(count) bytes") }
      let body = rest.dropFirst(4).prefix(count + 4)
      guard Self.number(rest.dropFirst(8 + count).prefix(4)) == Self.check(body) else { throw PNGFault(reason: "CRC") }
      chunks[String(decoding: body.prefix(4), as: UTF8.self)] = Array(body.dropFirst(4))
      rest = rest.dropFirst(count + 12)
    }
    guard let head = chunks["IHDR"], head.count == 13, head[8] == 8, let data = chunks["IDAT"], chunks["IEND"] == [],
      rest.isEmpty
    else { throw PNGFault(reason: "chunks") }
    (width, height, colorType) = (Self.number(head[0..<4]), Self.number(head[4..<8]), Int(head[9]))
    let lines = try Self.inflate(data)
    let row = 1 + width * (colorType == 2 ? 3 : 1)
    guard lines.count == row * height else { throw PNGFault(reason: "\(lines.count) bytes of pixels") }
    rows = (0..<height).map { Array(lines[$0 * row + 1..<($0 + 1) * row]) }
  }

  private static func inflate(_ data: [UInt8]) throws -> [UInt8] {
    guard data.count > 6, (Int(data[0]) << 8 + Int(data[1])) % 31 == 0, data[0] & 15 == 8 else {
      throw PNGFault(reason: "zlib header")
    }
    var lines: [UInt8] = []
    var place = 2
    var isLast = false
    while !isLast {
      guard place + 5 <= data.count else { throw PNGFault(reason: "block header") }
      isLast = data[place] == 1
      let count = Int(data[place + 1]) + Int(data[place + 2]) << 8
      let inverse = Int(data[place + 3]) + Int(data[place + 4]) << 8
      guard count ^ inverse == 0xFFFF, place + 5 + count <= data.count else { throw PNGFault(reason: "block length") }
      lines += data[place + 5..<place + 5 + count]
      place += 5 + count
    }
    var (a, b) = (1, 0)
    for byte in lines {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    guard place + 4 == data.count, number(data[place...]) == b << 16 + a else { throw PNGFault(reason: "Adler-32") }
    return lines
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 + Int($1) } }

  /// Bit by bit, as the standard defines it.
  private static func check(_ bytes: ArraySlice<UInt8>) -> Int {
    var value: UInt32 = .max
    for byte in bytes {
      for bit in 0..<8 {
        let feedback = (value ^ UInt32(byte >> bit)) & 1
        value = value >> 1 ^ (feedback == 1 ? 0xEDB8_8320 : 0)
      }
    }
    return Int(~value)
  }
}

/// Reads a drawing: its texts, and the first thing that lies off the sheet.
final class SheetCheck: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var fault: String?
  private var text: String?
  private var sheet: (width: Double, height: Double) = (0, 0)

  /// Whether the bytes are XML with everything in its place.
  func parse(_ bytes: [UInt8]) -> Bool {
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = self
    return parser.parse() && fault == nil
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "text" { text = "" }
    if name == "svg" { sheet = (Double(attributes["width"] ?? "") ?? 0, Double(attributes["height"] ?? "") ?? 0) }
    for (key, limit) in [
      ("x", sheet.width), ("x1", sheet.width), ("x2", sheet.width), ("y", sheet.height), ("y1", sheet.height),
      ("y2", sheet.height),
    ] {
      guard let value = attributes[key] else { continue }
      if !(0...limit).contains(Double(value) ?? -1) { fault = "\(name) \(key)=\(value)" }
    }
    // Lines may leave the frame, where they are clipped, but not to the sides.
    for point in (attributes["d"] ?? "").split(whereSeparator: { $0 == "M" || $0 == "L" }) {
      let numbers = point.split(separator: " ").compactMap { Double($0) }
      if numbers.count != 2 || !(0...sheet.width).contains(numbers[0]) { fault = "point \(point)" }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "text", let found = text { texts.append(found) }
    if name == "text" { text = nil }
  }
}
