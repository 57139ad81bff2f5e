/// Cuts strict JSON (RFC 8259) into tokens. A byte order mark at the start is passed over.
struct JSONTokenizer: AcquisitionTokenizer {
  enum State {
    /// A value must follow.
    case value
    /// A value or the end of the list.
    case firstItem
    /// A key or the end of the map.
    case firstKey
    /// A comma or the end of the container; outside of all containers, the end of the file.
    case afterItem
  }

  static let mapName = "an object"

  let source: ByteSource
  var expectation = "a value"
  private(set) var depth = 0
  private(set) var tokenStart = 0
  var text = TextCollector()
  var textRange: Range<Int>?
  /// Without effect: nothing may follow JSON.
  var allowsTail = false
  static let canHaveTail = false
  var state = State.value
  /// Bit n is set when container n is a map; depth is limited to the bits there are.
  private var maps: UInt64 = 0
  private var isInMap = false

  init(_ source: ByteSource) throws(DatasetError) {
    self.source = source
    if try source.prefix(3) == [0xEF, 0xBB, 0xBF] { source.cursor += 3 }
  }

  mutating func next() throws(DatasetError) -> AcquisitionToken {
    var byte = try skipBlanks()
    switch state {
    case .value: break
    case .firstItem:
      if byte == UInt8(ascii: "]") { return close(.endList) }
    case .firstKey:
      if byte == UInt8(ascii: "}") { return close(.endMap) }
      return try key(byte)
    case .afterItem:
      if depth == 0 {
        if byte == nil { return .end }
        throw unexpected("the end of the file")
      }
      switch byte {
      case UInt8(ascii: ","): break
      case UInt8(ascii: "]") where !isInMap: return close(.endList)
      case UInt8(ascii: "}") where isInMap: return close(.endMap)
      default: throw unexpected(isInMap ? "\",\" or \"}\"" : "\",\" or \"]\"")
      }
      source.cursor += 1
      byte = try skipBlanks()
      if isInMap { return try key(byte) }
    }
    return try value(byte)
  }

  mutating func isBeforeText() throws(DatasetError) -> Bool { try skipBlanks() == UInt8(ascii: "\"") }

  func numberText(_ value: Double) -> String {
    let start = tokenStart - source.origin
    guard start >= 0, start < source.cursor else { return "\(value)" }
    let bytes = UnsafeBufferPointer(start: source.base + start, count: source.cursor - start)
    let text = String(decoding: bytes.prefix(DatasetError.quoteLimit), as: UTF8.self)
    return bytes.count > DatasetError.quoteLimit ? text + "…" : text
  }

  // MARK: Values

  private mutating func value(_ byte: UInt8?) throws(DatasetError) -> AcquisitionToken {
    guard let byte else { throw unexpected(expectation) }
    switch byte {
    case UInt8(ascii: "["):
      try open(isMap: false)
      return .beginList
    case UInt8(ascii: "{"):
      try open(isMap: true)
      return .beginMap
    case UInt8(ascii: "\""):
      try string()
      state = .afterItem
      return .text
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try number())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw unexpected(expectation)
    }
  }

  private mutating func open(isMap: Bool) throws(DatasetError) {
    if depth == acquisitionDepthLimit { throw depthError() }
    maps = isMap ? maps | 1 << UInt64(depth) : maps & ~(1 << UInt64(depth))
    depth += 1
    isInMap = isMap
    state = isMap ? .firstKey : .firstItem
    source.cursor += 1
  }

  private mutating func close(_ token: AcquisitionToken) -> AcquisitionToken {
    depth -= 1
    isInMap = depth > 0 && maps >> UInt64(depth - 1) & 1 == 1
    state = .afterItem
    source.cursor += 1
    return token
  }

  private mutating func word(_ name: StaticString, _ token: AcquisitionToken) throws(DatasetError)
    -> AcquisitionToken
  {
    let length = name.utf8CodeUnitCount
    _ = try source.ensure(length + 1)
    for index in 0..<length where source.base[source.cursor + index] != name.utf8Start[index] {
      throw unexpected(expectation)
    }
    source.cursor += length
    state = .afterItem
    return token
  }

  private mutating func number() throws(DatasetError) -> Double {
    var isLast = false
    while true {
      var p = UnsafePointer(source.base + source.cursor)
      var value = 0.0
      let outcome = JSONNumber.scan(&p, JSONNumber.doublePowers, JSONNumber.integerPowers, into: &value)
      let start = source.base + source.cursor
      if outcome == .malformed { Self.skipNumberCharacters(&p) }
      let stop = p - UnsafePointer(source.base)
      // A number that touches the end of the buffer may go on behind it. Refilling moves the bytes, so
      // the scan starts over even if nothing came.
      if stop >= source.end, !isLast {
        isLast = try !source.refill()
        continue
      }
      switch outcome {
      case .malformed: throw unexpected(expectation)
      case .exact: break
      case .hard:
        let token = UnsafeBufferPointer(start: UnsafePointer(start), count: p - UnsafePointer(start))
        guard let long = JSONNumber.long(token) else { throw unexpected(expectation) }
        value = long
      }
      source.cursor = stop
      state = .afterItem
      return value
    }
  }

  /// The end of what might still become a number with more bytes.
  private static func skipNumberCharacters(_ p: inout UnsafePointer<UInt8>) {
    while true {
      switch p[0] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        p += 1
      default: return
      }
    }
  }

  private mutating func key(_ byte: UInt8?) throws(DatasetError) -> AcquisitionToken {
    guard byte == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
    try string()
    let start = tokenStart
    guard try skipBlanks() == UInt8(ascii: ":") else { throw unexpected("\":\"") }
    source.cursor += 1
    tokenStart = start
    state = .value
    return .text
  }

  // MARK: Between tokens

  /// The first byte of the next token, whose offset becomes `tokenStart`; nil at the end of the file.
  private mutating func skipBlanks() throws(DatasetError) -> UInt8? {
    while let byte = try source.peek() {
      switch byte {
      case 0x20, 0x0A, 0x0D, 0x09: source.cursor += 1
      default:
        tokenStart = source.position
        return byte
      }
    }
    tokenStart = source.position
    return nil
  }

  /// The error for what stands at `tokenStart`: the end of the file, or a word up to the next delimiter.
  private func unexpected(_ expected: String) -> DatasetError {
    // A read error here would hide the error at hand.
    _ = try? source.ensure(2 * DatasetError.quoteLimit)
    let start = max(0, tokenStart - source.origin)
    if start >= source.end { return error(expected: expected, found: "the end of the file") }
    let bytes = UnsafeBufferPointer(start: source.base + start, count: source.end - start)
    let delimiters = Set(",:[]{} \n\r\t".utf8)
    let word = bytes.prefix(2 * DatasetError.quoteLimit).prefix { !delimiters.contains($0) }
    let text = word.isEmpty ? bytes.prefix(1) : word
    let spelled = String(decoding: text, as: UTF8.self).lowercased()
    let isNonFinite = ["nan", "inf", "infinity"].contains(spelled.drop { "+-".contains($0) })
    return error(
      expected: isNonFinite ? "a finite number" : expected, found: DatasetError.quoted(bytes: text))
  }
}

extension RecordingFormat {
  /// The acquisition format as JSON.
  static let json = RecordingFormat(
    name: "a JSON object", extensions: ["json"],
    recognizes: { head, _ in
      let body = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
      let first = body.first { ![0x20, 0x0A, 0x0D, 0x09].contains($0) }
      return first == nil || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    },
    open: { (source: ByteSource, options: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try AcquisitionReader(try JSONTokenizer(source), options)
    })
}
