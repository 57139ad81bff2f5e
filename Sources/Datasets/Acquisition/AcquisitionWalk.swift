/// The way through the keys of an acquisition document, without recursion: two levels, stepped by hand.
struct AcquisitionWalk<Tokens: AcquisitionTokenizer> {
  /// Where the walk has stopped.
  enum Stop {
    /// Inside `values`, before its first item; the head is complete.
    case atRows
    /// The file has ended. `values` was met before the head was complete, or not at all.
    case atEnd(values: Bookmark?)
  }

  /// The place before `values`.
  struct Bookmark {
    let tokens: Tokens
    let offset: Int
  }

  private enum Level { case document, root, payload }

  var tokens: Tokens
  private(set) var head = AcquisitionHead()
  /// File offset where the payload ends; where `values` begins when that is as far as the walk got.
  private(set) var payloadEnd = 0

  private var level = Level.document
  private var seen = Set<String>()
  private var values: Bookmark?

  init(_ tokens: Tokens) { self.tokens = tokens }

  /// Walks on from where it stands: from the start of the file, or from the end of `values`.
  mutating func run() throws(DatasetError) -> Stop {
    tokens.expectation = "a value"
    while true {
      let outside = tokens.depth
      let token = try tokens.next()
      switch (level, token) {
      case (.document, .beginMap): level = .root
      case (.document, .end): return .atEnd(values: values)
      case (.document, _):
        throw tokens.error(expected: "\(Tokens.mapName) at the top", found: tokens.describe(token))
      case (.root, .endMap):
        if !seen.contains("payload") {
          throw tokens.error(
            expected: "the key \"payload\"", found: "\(Tokens.mapName) without it", kind: .missing)
        }
        level = .document
      case (.root, .text):
        if tokens.text.string == "payload" {
          try once("payload")
          try expect(.beginMap, Tokens.mapName + " as \"payload\"")
          level = .payload
        } else {
          try tokens.skipValue()
        }
      case (.payload, .endMap):
        payloadEnd = tokens.tokenStart
        level = .root
      case (.payload, .text):
        if try payloadKey(tokens.text.string) { return .atRows }
      default:
        // A key that is no text (CBOR only) names nothing that is known here.
        try tokens.skipRest(outside: outside)
        try tokens.skipValue()
      }
    }
  }

  /// Reads the value of one key of the payload. True when it is `values` and its rows can be read.
  private mutating func payloadKey(_ key: String) throws(DatasetError) -> Bool {
    switch key {
    case "values":
      try once(key)
      return try enterValues()
    case "sensors":
      try once(key)
      try readSensors()
    case "interval_ms":
      try once(key)
      let token = try tokens.next()
      guard case .number(let value) = token else {
        throw tokens.error(expected: "a number as \"interval_ms\"", found: tokens.describe(token))
      }
      try head.setInterval(
        value, text: tokens.numberText(value), at: tokens.tokenStart, file: tokens.source.file)
    case "device_name":
      try once(key)
      head.deviceName = try text(of: key)
    case "device_type":
      try once(key)
      head.deviceType = try text(of: key)
    default:
      try tokens.skipValue()
    }
    return false
  }

  private mutating func enterValues() throws(DatasetError) -> Bool {
    let bookmark = Bookmark(tokens: tokens, offset: tokens.source.position)
    let outside = tokens.depth
    try expect(.beginList, "an array as \"values\"")
    if head.isComplete {
      payloadEnd = tokens.tokenStart
      return true
    }
    values = bookmark
    tokens.expectation = "a number"
    // A binary tail after the document would be reported as garbage there; its cause is here.
    if case .text = try tokens.next() {
      throw RowAssembler(width: 1, file: tokens.source.file)
        .refusal(tokens.describe(.text), text: tokens.text.string, at: tokens.tokenStart)
    }
    try tokens.skipRest(outside: outside)
    tokens.expectation = "a value"
    return false
  }

  private mutating func readSensors() throws(DatasetError) {
    try expect(.beginList, "an array as \"sensors\"")
    let start = tokens.tokenStart
    var list: [Sensor] = []
    while true {
      switch try tokens.next() {
      case .endList:
        return try head.setSensors(list, at: start, file: tokens.source.file)
      case .beginMap:
        if list.count == AcquisitionHead.sensorLimit {
          throw tokens.error(
            expected: "at most \(AcquisitionHead.sensorLimit) sensors", found: "more", kind: .unsupported)
        }
        list.append(try readSensor())
      case let other:
        throw tokens.error(
          expected: "\(Tokens.mapName) {name, units} for a sensor", found: tokens.describe(other))
      }
    }
  }

  private mutating func readSensor() throws(DatasetError) -> Sensor {
    let start = tokens.tokenStart
    var name: String?
    var units = ""
    while true {
      let outside = tokens.depth
      switch try tokens.next() {
      case .endMap:
        guard let name, !name.isEmpty else {
          throw tokens.error(
            at: start, expected: "a sensor with a name", found: name == nil ? "none" : "an empty name")
        }
        return Sensor(name: name, units: units)
      case .text where tokens.text.string == "name": name = try text(of: "name")
      case .text where tokens.text.string == "units": units = try text(of: "units") ?? ""
      case .text: try tokens.skipValue()
      default:
        try tokens.skipRest(outside: outside)
        try tokens.skipValue()
      }
    }
  }

  /// A text, or nil for null.
  private mutating func text(of key: String) throws(DatasetError) -> String? {
    switch try tokens.next() {
    case .null: return nil
    case .text where tokens.text.isCut:
      throw tokens.error(
        expected: "at most \(TextCollector.limit) bytes as \"\(key)\"", found: "a longer text")
    case .text: return tokens.text.string
    case let other: throw tokens.error(expected: "a text as \"\(key)\"", found: tokens.describe(other))
    }
  }

  private mutating func expect(_ wanted: AcquisitionToken, _ name: String) throws(DatasetError) {
    let token = try tokens.next()
    if token != wanted { throw tokens.error(expected: name, found: tokens.describe(token)) }
  }

  /// Two values for one key have no right reading.
  private mutating func once(_ key: String) throws(DatasetError) {
    if !seen.insert(key).inserted {
      throw tokens.error(expected: "the key \"\(key)\" once", found: "it again")
    }
  }
}
