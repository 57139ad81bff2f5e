import CCBOR

/// Cuts CBOR (RFC 8949) into tokens: definite and indefinite containers and strings, integers and
/// floats of every width. Tags are passed over. libcbor decodes the item heads.
struct CBORTokenizer: AcquisitionTokenizer {
  /// A container that is open.
  struct Frame {
    let isMap: Bool
    /// Items still due; a pair counts as two. Nil up to a break.
    var due: Int?
    /// A map holds a key whose value is missing.
    var isAfterKey = false
  }

  static let mapName = "a map"

  let source: ByteSource
  var expectation = "a value"
  private(set) var tokenStart = 0
  var text = TextCollector()
  var textRange: Range<Int>?
  var allowsTail = false
  static let canHaveTail = true
  var frames: [Frame] = []
  private var hasValue = false

  init(_ source: ByteSource) { self.source = source }

  var depth: Int { frames.count }

  mutating func next() throws(DatasetError) -> AcquisitionToken {
    tokenStart = source.position
    if let top = frames.last, top.due == 0 {
      frames.removeLast()
      return top.isMap ? .endMap : .endList
    }
    if frames.isEmpty, hasValue {
      guard !allowsTail, let byte = try source.peek() else { return .end }
      throw error(expected: "the end of the file", found: "the byte \(Self.hex(byte))")
    }
    var isTagged = false
    while true {
      tokenStart = source.position
      guard let initial = try source.peek() else { throw endOfFile(expected: expectation) }
      if initial >> 5 == 2 || initial >> 5 == 3 {
        try string(initial)
        countItem()
        return initial >> 5 == 2 ? .bytes : .text
      }
      let item = try decode(initial)
      switch UInt32(bitPattern: item.kind) {
      case CCBOR_TAG.rawValue: isTagged = true
      case CCBOR_BREAK.rawValue: return try endByBreak(isTagged: isTagged)
      default: return try token(item)
      }
    }
  }

  func isBeforeText() throws(DatasetError) -> Bool {
    if let top = frames.last, top.due == 0 { return false }
    return try source.peek().map { $0 >> 5 == 3 } ?? false
  }

  /// The text of the file's bytes would say nothing.
  func numberText(_ value: Double) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
  }

  // MARK: Items

  private func decode(_ initial: UInt8) throws(DatasetError) -> ccbor_item {
    var item = ccbor_item()
    while true {
      let taken = ccbor_next(source.base + source.cursor, source.end - source.cursor, &item)
      if taken > 0 {
        source.cursor += Int(taken)
        return item
      }
      if taken < 0 { throw error(expected: expectation, found: "the byte \(Self.hex(initial))") }
      if try !source.refill() { throw endOfFile(expected: expectation) }
    }
  }

  private mutating func token(_ item: ccbor_item) throws(DatasetError) -> AcquisitionToken {
    countItem()
    switch UInt32(bitPattern: item.kind) {
    case CCBOR_UNSIGNED.rawValue: return .number(Double(item.count))
    case CCBOR_NEGATIVE.rawValue: return .number(Self.negative(item.count))
    case CCBOR_REAL.rawValue: return .number(item.real)
    case CCBOR_LIST.rawValue:
      try open(isMap: false, count: item.count, itemsEach: 1)
      return .beginList
    case CCBOR_OPEN_LIST.rawValue:
      try open(isMap: false)
      return .beginList
    case CCBOR_MAP.rawValue:
      try open(isMap: true, count: item.count, itemsEach: 2)
      return .beginMap
    case CCBOR_OPEN_MAP.rawValue:
      try open(isMap: true)
      return .beginMap
    case CCBOR_FALSE.rawValue: return .boolean(false)
    case CCBOR_TRUE.rawValue: return .boolean(true)
    default: return .null
    }
  }

  /// -1 - n, correctly rounded; n + 1 does not fit 64 bits for the largest n.
  static func negative(_ n: UInt64) -> Double {
    n == .max ? -0x1p64 : -Double(n + 1)
  }

  // MARK: Containers

  private mutating func open(isMap: Bool, count: UInt64, itemsEach: UInt64) throws(DatasetError) {
    // An item takes at least a byte.
    let room = UInt64(max(0, source.size - source.position))
    if count > room / itemsEach {
      throw error(
        expected: "at most \(room) more bytes of content",
        found: "\(isMap ? "a map" : "an array") of \(count) \(isMap ? "pairs" : "items")")
    }
    try push(Frame(isMap: isMap, due: Int(count * itemsEach)))
  }

  private mutating func open(isMap: Bool) throws(DatasetError) {
    try push(Frame(isMap: isMap, due: nil))
  }

  private mutating func push(_ frame: Frame) throws(DatasetError) {
    if frames.count == acquisitionDepthLimit { throw depthError() }
    frames.append(frame)
  }

  /// Accounts for an item in the container that holds it.
  private mutating func countItem() {
    hasValue = true
    guard let top = frames.indices.last else { return }
    if let due = frames[top].due { frames[top].due = due - 1 }
    if frames[top].isMap { frames[top].isAfterKey.toggle() }
  }

  private mutating func endByBreak(isTagged: Bool) throws(DatasetError) -> AcquisitionToken {
    guard let top = frames.last, top.due == nil, !top.isAfterKey, !isTagged else {
      throw error(expected: expectation, found: "a break code")
    }
    frames.removeLast()
    return top.isMap ? .endMap : .endList
  }

  static func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16)
  }
}

extension RecordingFormat {
  /// The acquisition format as CBOR: a map, or the tag that marks a file as CBOR.
  static let cbor = RecordingFormat(
    name: "a CBOR map", extensions: ["cbor"],
    recognizes: { head, _ in
      guard let first = head.first else { return false }
      return 0xA0...0xBB ~= first || first == 0xBF || head.starts(with: [0xD9, 0xD9, 0xF7])
    },
    open: { (source: ByteSource, options: ReadingOptions) throws(DatasetError) -> any RecordingReader in
      try AcquisitionReader(CBORTokenizer(source), options)
    })
}
