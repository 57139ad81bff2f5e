import Foundation

/// The header fields of one part of a multipart body, as far as an upload needs them.
struct MultipartHead: Equatable {
  /// The form's field.
  let name: String
  /// Nil for a value that is no file.
  let fileName: String?

  /// - Parameters:
  ///   - bytes: the lines, without the empty one behind them.
  ///   - number: of the part, from 1, for messages.
  /// - Throws: `Refusal` (400) without a name.
  init(_ bytes: some Collection<UInt8>, number: Int) throws(Refusal) {
    let lines = bytes.split(separator: 0x0A).map { $0.last == 0x0D ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
    for line in lines.map({ HeaderText.text(Array($0)) }) {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
        line[..<colon].lowercased() == "content-disposition"
      else { continue }
      let field = HeaderText(
        String(line.utf8.dropFirst(line.utf8.distance(from: line.startIndex, to: colon) + 1)) ?? "")
      guard field.value == "form-data", let name = field.parameters["name"] else { break }
      self.name = name
      fileName = field.parameters["filename*"].flatMap(Self.extended) ?? field.parameters["filename"]
      return
    }
    throw MultipartParser.malformed("part \(number) has no Content-Disposition of form-data with a name")
  }

  /// `UTF-8''na%C3%AFve`.
  private static func extended(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    return String(parts[2]).removingPercentEncoding
  }
}

/// A header field with parameters: `form-data; name="data"; filename="wave.json"`.
struct HeaderText {
  /// In lower case.
  let value: String
  /// By name in lower case; the first of several.
  let parameters: [String: String]

  /// - Complexity: O(bytes).
  init(_ text: String) {
    var rest = Substring(text).utf8
    func blank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    func trimmed(_ part: Substring.UTF8View) -> String {
      var part = part.drop(while: blank)
      while let last = part.last, blank(last) { part = part.dropLast() }
      return String(Substring(part))
    }
    let semicolon = UInt8(ascii: ";")
    let head = rest.prefix { $0 != semicolon }
    value = trimmed(head).lowercased()
    rest = rest[head.endIndex...].dropFirst()
    var found: [String: String] = [:]
    while !rest.isEmpty {
      let key = rest.prefix { $0 != UInt8(ascii: "=") && $0 != semicolon }
      rest = rest[key.endIndex...]
      guard rest.first == UInt8(ascii: "=") else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst().drop(while: blank)
      let content: String
      if rest.first == UInt8(ascii: "\"") {
        content = Self.quoted(&rest)
        rest = rest.drop { $0 != semicolon }
      } else {
        let plain = rest.prefix { $0 != semicolon }
        content = trimmed(plain)
        rest = rest[plain.endIndex...]
      }
      rest = rest.dropFirst()
      let name = trimmed(key).lowercased()
      if found[name] == nil { found[name] = content }
    }
    parameters = found
  }

  /// Reads a quoted text. Only `\"` is an escape: a backslash before anything else is one of a Windows path. Browsers
  /// write quotes and line breaks in percent.
  private static func quoted(_ rest: inout Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "\"") {
        bytes.append(UInt8(ascii: "\""))
        rest = rest.dropFirst()
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self).replacing("%22", with: "\"").replacing("%0D", with: "\r")
      .replacing("%0A", with: "\n")
  }

  /// Bytes of a header: UTF-8, or Latin-1 where they are none.
  static func text(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
