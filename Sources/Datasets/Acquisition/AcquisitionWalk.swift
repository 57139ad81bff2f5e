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

  private enum Level { case document, root, protected, payload }

  var tokens: Tokens
  private(set) var head = AcquisitionHead()
  private(set) var signature = SignatureClaim()
  /// What `values` says instead of holding rows: they follow the document.
  private(set) var tail: BinaryTail.Reference?
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
        try rootKey(tokens.text.string)
      case (.protected, .endMap): level = .root
      case (.protected, .text):
        if tokens.text.string == "alg" {
          try readAlgorithm()
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

  private mutating func rootKey(_ key: String) throws(DatasetError) {
    let outside = tokens.depth
    switch key {
    case "payload":
      try once(key)
      try expect(.beginMap, Tokens.mapName + " as \"payload\"")
      level = .payload
    case "protected":
      try once(key)
      if try tokens.next() == .beginMap { level = .protected } else { try tokens.skipRest(outside: outside) }
    case "signature":
      try once(key)
      let token = try tokens.next()
      signature.value = SignatureClaim.Value(
        bytes: token == .text ? tokens.text.bytes : nil, range: tokens.textRange, position: tokens.tokenStart,
        words: tokens.describe(token))
      if let place = signature.place { tokens.source.readAsZeros(place) }
      try tokens.skipRest(outside: outside)
    default:
      try tokens.skipValue()
    }
  }

  private mutating func readAlgorithm() throws(DatasetError) {
    let outside = tokens.depth
    let token = try tokens.next()
    signature.algorithm = token == .text ? tokens.text.string : tokens.describe(token)
    signature.algorithmPosition = tokens.tokenStart
    try tokens.skipRest(outside: outside)
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
    case "cropStart", "cropEnd":
      let outside = tokens.depth
      if case .number(let row) = try tokens.next() {
        if key == "cropStart" {
          head.crop = (row, head.crop?.end)
        } else {
          head.crop = (head.crop?.start, row)
        }
      }
      try tokens.skipRest(outside: outside)
    default:
      try tokens.skipValue()
    }
    return false
  }

  private mutating func enterValues() throws(DatasetError) -> Bool {
    let bookmark = Bookmark(tokens: tokens, offset: tokens.source.position)
    let outside = tokens.depth
    try expect(.beginList, "an array as \"values\"")
    if try tokens.isBeforeText() {
      try readReference()
      return false
    }
    if head.isComplete {
      payloadEnd = tokens.tokenStart
      return true
    }
    values = bookmark
    tokens.expectation = "a number"
    try tokens.skipRest(outside: outside)
    tokens.expectation = "a value"
    return false
  }

  /// Reads a list of one text, which says where the numbers are.
  private mutating func readReference() throws(DatasetError) {
    _ = try tokens.next()
    let offset = tokens.tokenStart
    switch BinaryTail.Reference.Reading(tokens.text.string) {
    case .reference(let format) where Tokens.canHaveTail:
      tail = BinaryTail.Reference(format: format, position: offset)
    case .reference:
      throw tokens.error(
        expected: "numbers in \"values\"", found: "\(tokens.text.quoted): only CBOR can have a binary tail")
    case .attachment:
      throw tokens.error(
        expected: "numbers in \"values\"",
        found: "\(tokens.text.quoted): the picture or video is in a file of its own, which can be read in its place",
        kind: .unsupported)
    case .unknown:
      throw tokens.error(
        expected: BinaryTail.Reference.expectation, found: tokens.text.quoted, kind: .unsupported)
    case .none:
      throw RowAssembler(width: 1, file: tokens.source.file).refusal(tokens.describe(.text), at: offset)
    }
    tokens.allowsTail = true
    let token = try tokens.next()
    if token != .endList {
      throw tokens.error(
        expected: "the end of \"values\" after the name of a binary tail", found: tokens.describe(token))
    }
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
