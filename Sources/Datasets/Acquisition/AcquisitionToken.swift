/// A step through a tree of values. JSON and CBOR files of the acquisition format give the same steps.
enum AcquisitionToken: Equatable {
  case beginMap
  case endMap
  case beginList
  case endList
  /// A text or a map key; its content is in the tokenizer's `text`.
  case text
  case number(Double)
  case boolean(Bool)
  case null
  /// A byte string; its content is skipped.
  case bytes
  /// The end of the file, after one complete value.
  case end
}

/// Cuts a file into tokens: grammar, nesting and text encoding are checked here, meaning is not.
///
/// Conformers are values over a shared `ByteSource`. A copy, together with the position of the source,
/// is a place to come back to.
protocol AcquisitionTokenizer {
  var source: ByteSource { get }

  /// Number of containers that are open.
  var depth: Int { get }

  /// File offset of the latest token.
  var tokenStart: Int { get }

  /// Content of the latest text token.
  var text: TextCollector { get }

  /// File offsets of the latest text's bytes; nil when they do not stand there as they are in `text`: written with
  /// escapes, or in pieces.
  var textRange: Range<Int>? { get }

  /// Numbers may follow the document, instead of the end of the file: `end` comes before them then.
  var allowsTail: Bool { get set }

  /// Whether a document of this format can be followed by numbers at all.
  static var canHaveTail: Bool { get }

  /// Whether a text follows. Consumes blanks at most.
  mutating func isBeforeText() throws(DatasetError) -> Bool

  /// What to call an array and a map in messages.
  static var mapName: String { get }

  /// What a value must be at the present place, for messages about bytes that are no value at all.
  var expectation: String { get set }

  /// The next token. `end` comes once, and only when nothing follows the value.
  mutating func next() throws(DatasetError) -> AcquisitionToken

  /// The latest number as written in the file, or as close as the format allows.
  func numberText(_ value: Double) -> String

  /// Decodes rows that lie completely in the buffer and hold nothing but finite numbers.
  ///
  /// This is the fast road past `next`: it stops before the first row that is unusual in any way and
  /// never reports an error, so that `next` alone decides what is wrong. The tokenizer must stand
  /// between two items of the `values` list.
  ///
  /// - Parameters:
  ///   - rows: room for a whole number of rows of `width` values.
  ///   - isNested: a row is a list of `width` numbers; otherwise `width` numbers in sequence.
  /// - Returns: rows decoded.
  mutating func fastRows(into rows: UnsafeMutableBufferPointer<Double>, width: Int, isNested: Bool) -> Int
}

/// The deepest nesting that is read. Recordings need five levels.
let acquisitionDepthLimit = 64

extension AcquisitionTokenizer {
  func error(
    at offset: Int? = nil, expected: String, found: String, kind: DatasetError.Kind = .malformed
  ) -> DatasetError {
    DatasetError(
      file: source.file, position: .byte(offset ?? tokenStart), expected: expected, found: found, kind: kind)
  }

  func depthError() -> DatasetError {
    error(
      expected: "at most \(acquisitionDepthLimit) levels of nesting", found: "a deeper level",
      kind: .unsupported)
  }

  func endOfFile(expected: String) -> DatasetError {
    error(at: source.origin + source.end, expected: expected, found: "the end of the file")
  }

  /// `token`, the latest one, in the words of an error message.
  func describe(_ token: AcquisitionToken) -> String {
    switch token {
    case .beginMap: Self.mapName
    case .beginList: "an array"
    case .endMap, .endList: "its end"
    case .text: "the text \(text.quoted)"
    case .number(let value): numberText(value)
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    case .bytes: "a byte string"
    case .end: "the end of the file"
    }
  }

  /// Consumes one complete value, however deep.
  mutating func skipValue() throws(DatasetError) {
    let outside = depth
    _ = try next()
    while depth > outside { _ = try next() }
  }

  /// Consumes what remains of the value whose first token has been read at depth `outside`.
  mutating func skipRest(outside: Int) throws(DatasetError) {
    while depth > outside { _ = try next() }
  }
}
