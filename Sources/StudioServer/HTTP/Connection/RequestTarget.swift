import NIOHTTP1

/// What follows the method: `/path?query`, or the same after `http://host`, or `*`.
enum RequestTarget {
  /// The target from its path on.
  ///
  /// - Parameter host: the `Host` field, which an address inside the target must repeat.
  /// - Throws: `Refusal` with 400 for other forms, for escapes that are no UTF-8 (the long ways of writing `.` and `/`
  ///   among them), and for control characters in the path.
  static func path(_ target: String, host: String?, method: HTTPMethod) throws(Refusal) -> String {
    if target == "*" && method == .OPTIONS { return target }
    var path = target[...]
    if !path.hasPrefix("/") {
      let scheme = ["http://", "https://"].first { path.lowercased().hasPrefix($0) }
      guard let scheme else {
        throw Refusal(.badRequest, "the target must be a path, not \"\(target.prefix(60))\"")
      }
      path = path.dropFirst(scheme.count)
      let authority = path.prefix { $0 != "/" && $0 != "?" }
      guard authority.lowercased() == host?.lowercased() else {
        throw Refusal(.badRequest, "the target is at \"\(authority.prefix(60))\", and Host says otherwise")
      }
      path = path.dropFirst(authority.count)
      if !path.hasPrefix("/") { path = "/" + path }
    }
    if path.utf8.contains(UInt8(ascii: "#")) { throw Refusal(.badRequest, "a target has no fragment") }
    let name = path.prefix { $0 != "?" }
    guard let decoded = decoded(name), let _ = Self.decoded(path.dropFirst(name.count)) else {
      throw Refusal(.badRequest, "the escapes of the target must be % and two digits, and UTF-8")
    }
    if decoded.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw Refusal(.badRequest, "the path holds a control character")
    }
    return String(path)
  }

  /// Text without escapes; nil where it is no UTF-8, or an escape is none.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { UInt8(exactly: $0) }
  }
}

/// The value of a `Host` field.
enum HostName {
  /// Whether it is a name or an address, and perhaps a port: nothing that one reader takes for the name and another for
  /// something before it.
  static func isValid(_ host: String) -> Bool {
    var name = host[...]
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
      let port = host[host.index(after: colon)...]
      guard port.isEmpty || port.utf8.allSatisfy(isDigit) && UInt16(port) != nil else { return false }
      name = host[..<colon]
    }
    if name.hasPrefix("[") {
      return name.count > 2 && name.hasSuffix("]")
        && name.dropFirst().dropLast().utf8.allSatisfy { isHexDigit($0) || $0 == UInt8(ascii: ":") || $0 == dot }
    }
    return !name.isEmpty && name.utf8.allSatisfy { isDigit($0) || isLetter($0) || $0 == dot || others.contains($0) }
  }

  private static let dot = UInt8(ascii: ".")
  private static let others = Set("-_~".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}
