import Foundation

/// A JSON text as a tree in which lists of numbers stay numbers: what requests with windows of many values need.
///
/// Strict JSON (RFC 8259): NaN and Infinity are no numbers. Where an object has a key twice, the last counts.
package enum JSONDocument: Sendable, Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  /// A list of nothing but numbers; also the empty list.
  case numbers([Double])
  /// A list that holds anything else.
  case list([JSONDocument])
  case object([String: JSONDocument])

  /// A list or an object that is open.
  private struct Container {
    var isMap: Bool
    var key = ""
    var members: [String: JSONDocument] = [:]
    var numbers: [Double] = []
    /// Nil as long as all items are numbers.
    var items: [JSONDocument]?

    mutating func add(_ value: JSONDocument) {
      if isMap {
        members[key] = value
      } else if case .number(let number) = value, items == nil {
        numbers.append(number)
      } else {
        if items == nil {
          items = numbers.map(JSONDocument.number)
          numbers = []
        }
        items?.append(value)
      }
    }

    var document: JSONDocument {
      isMap ? .object(members) : items.map(JSONDocument.list) ?? .numbers(numbers)
    }
  }

  /// Reads a text.
  ///
  /// - Parameter name: how errors name the text.
  /// - Throws: `DatasetError` with the byte; also for more than 64 levels of nesting, and texts over 4096 bytes.
  /// - Complexity: O(bytes), about 250 MB a second for numbers; memory is 8 bytes a number, and a copy of the text.
  package init(_ data: Data, name: String) throws(DatasetError) {
    var tokens = try JSONTokenizer(ByteSource(bytes: data, file: name))
    var open: [Container] = []
    var root: JSONDocument?
    func add(_ value: JSONDocument) {
      if let last = open.indices.last { open[last].add(value) } else { root = value }
    }
    while true {
      let token = try tokens.next()
      switch token {
      case .end:
        self = root ?? .null
        return
      case .beginMap: open.append(Container(isMap: true))
      case .beginList:
        open.append(Container(isMap: false))
        if let last = open.indices.last { open[last].numbers = Self.fastNumbers(&tokens) }
      case .endMap, .endList: if let closed = open.popLast() { add(closed.document) }
      case .text:
        if tokens.text.isCut {
          throw DatasetError(
            file: name, position: .byte(tokens.tokenStart), expected: "texts of at most \(TextCollector.limit) bytes",
            found: "a longer one", kind: .unsupported)
        }
        // A key asks for its value; any other text has been one.
        if tokens.state == .value, let last = open.indices.last {
          open[last].key = tokens.text.string
        } else {
          add(.text(tokens.text.string))
        }
      case .number(let value): add(.number(value))
      case .boolean(let value): add(.boolean(value))
      case .null: add(.null)
      case .bytes: add(.null)
      }
    }
  }

  /// The numbers at the beginning of a list, as many as are written plainly.
  private static func fastNumbers(_ tokens: inout JSONTokenizer) -> [Double] {
    var numbers: [Double] = []
    while true {
      let chunk = [Double](unsafeUninitializedCapacity: 512) { buffer, count in
        count = tokens.fastRows(into: buffer, width: 1, isNested: false)
      }
      if chunk.isEmpty { return numbers }
      numbers += chunk
    }
  }

  /// The value of a field; nil for other kinds and absent fields.
  package subscript(key: String) -> JSONDocument? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// What the value is, in words, for messages.
  package var kind: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .number(let value): JSONWords.number(value)
    case .text(let value): DatasetError.quoted(value)
    case .numbers(let values): values.isEmpty ? "an empty list" : "a list of numbers"
    case .list: "a list"
    case .object: "an object"
    }
  }
}
