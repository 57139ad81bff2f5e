/// Reads the Python dictionary in an `.npy` header, token by token and without recursion.
///
/// It takes what NumPy under Python 2 and 3 and hand-written headers contain: any blanks, either kind of
/// quotes, any order of keys, trailing commas, long integers such as `3L`. It is not a Python parser:
/// escapes in strings, comments and arithmetic are refused.
struct HeaderScanner {
  /// The three values that a header must give.
  struct Fields {
    var elementType: NumPyElementType
    var fortranOrder: Bool
    var shape: [Int]
    /// Offset of the shape in the file, for errors about its size.
    var shapePosition: Int
  }

  /// NumPy itself stops at 64 dimensions.
  static let maximumRank = 64

  let file: String
  let text: [UInt8]
  /// Offset of the text in the file.
  let start: Int
  private var index = 0

  init(file: String, text: [UInt8], start: Int) {
    self.file = file
    self.text = text
    self.start = start
  }

  /// Reads the whole text.
  mutating func fields() throws(NumPyError) -> Fields {
    var elementType: NumPyElementType?
    var fortranOrder: Bool?
    var shape: (position: Int, dimensions: [Int])?

    skipBlanks()
    try take("{", expected: "'{'")
    while true {
      skipBlanks()
      if takeIf("}") { break }
      let keyPosition = index
      let key = try string(expected: "a quoted key or '}'")
      skipBlanks()
      try take(":", expected: "':' after the key '\(key)'")
      skipBlanks()
      switch key {
      case "descr" where elementType == nil: elementType = try descriptor()
      case "fortran_order" where fortranOrder == nil: fortranOrder = try boolean()
      case "shape" where shape == nil: shape = (start + index, try tuple())
      case "descr", "fortran_order", "shape":
        throw error(at: keyPosition, expected: "each key once", found: "'\(key)' again")
      default:
        throw error(
          at: keyPosition, expected: "'descr', 'fortran_order' or 'shape'", found: foundHere(keyPosition))
      }
      skipBlanks()
      if !takeIf(",") {
        try take("}", expected: "',' or '}'")
        break
      }
    }
    skipBlanks()
    guard index == text.count else {
      throw error(at: index, expected: "blanks up to the end of the header", found: foundHere(index))
    }
    guard let elementType else { throw missingKey("descr") }
    guard let fortranOrder else { throw missingKey("fortran_order") }
    guard let shape else { throw missingKey("shape") }
    return Fields(
      elementType: elementType, fortranOrder: fortranOrder, shape: shape.dimensions,
      shapePosition: shape.position)
  }

  // MARK: Values

  private mutating func descriptor() throws(NumPyError) -> NumPyElementType {
    let wanted = "a float (f2, f4, f8), integer (i1 to i8, u1 to u8) or bool (b1) dtype"
    if index < text.count, text[index] == UInt8(ascii: "[") || text[index] == UInt8(ascii: "(") {
      throw error(at: index, expected: wanted, found: "a structured dtype")
    }
    let position = index
    let spelling = try string(expected: wanted)
    guard let type = NumPyElementType(descriptor: spelling) else {
      let family = NumPyElementType.family(ofDescriptor: spelling)
      throw error(
        at: position, expected: wanted, found: "\(NumPyError.quoted(spelling.utf8)) (\(family))")
    }
    return type
  }

  private mutating func boolean() throws(NumPyError) -> Bool {
    if takeWord("True") { return true }
    if takeWord("False") { return false }
    throw error(at: index, expected: "True or False", found: foundHere(index))
  }

  /// `()`, `(5,)`, `(2, 3)`, `(2, 3, )`. Python reads `(5)` as a number, so the comma is required.
  private mutating func tuple() throws(NumPyError) -> [Int] {
    var dimensions: [Int] = []
    try take("(", expected: "a tuple of dimensions")
    skipBlanks()
    if takeIf(")") { return dimensions }
    while true {
      guard dimensions.count < Self.maximumRank else {
        throw error(
          at: index, expected: "at most \(Self.maximumRank) dimensions", found: foundHere(index))
      }
      dimensions.append(try dimension())
      skipBlanks()
      let hasComma = takeIf(",")
      skipBlanks()
      if dimensions.count > 1 || hasComma, takeIf(")") { return dimensions }
      guard hasComma else {
        throw error(
          at: index, expected: dimensions.count > 1 ? "',' or ')'" : "','", found: foundHere(index))
      }
    }
  }

  private mutating func dimension() throws(NumPyError) -> Int {
    let first = index
    var value = 0
    while index < text.count, let digit = Self.digit(text[index]) {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(digit)
      guard !overflow, !carry else {
        throw error(at: first, expected: "a dimension below 2**63", found: foundHere(first))
      }
      value = sum
      index += 1
    }
    guard index > first else {
      throw error(at: first, expected: "a dimension (0 or more)", found: foundHere(first))
    }
    // Python 3 has no numbers with leading zeros, Python 2 reads them as octal.
    guard index - first == 1 || text[first] != UInt8(ascii: "0") else {
      throw error(at: first, expected: "a dimension without leading zeros", found: foundHere(first))
    }
    _ = takeIf("L")
    return value
  }

  private mutating func string(expected: String) throws(NumPyError) -> String {
    guard index < text.count, text[index] == UInt8(ascii: "'") || text[index] == UInt8(ascii: "\"") else {
      throw error(at: index, expected: expected, found: foundHere(index))
    }
    let quote = text[index]
    let opening = index
    guard let closing = text[(opening + 1)...].firstIndex(of: quote) else {
      throw error(at: opening, expected: "a closing quote", found: NumPyError.quoted(text[opening...]))
    }
    index = closing + 1
    return String(decoding: text[(opening + 1)..<closing], as: UTF8.self)
  }

  // MARK: Tokens

  private mutating func skipBlanks() {
    while index < text.count, text[index] == 0x20 || (0x09...0x0D).contains(text[index]) { index += 1 }
  }

  private mutating func takeIf(_ character: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func take(_ character: Unicode.Scalar, expected: String) throws(NumPyError) {
    guard takeIf(character) else { throw error(at: index, expected: expected, found: foundHere(index)) }
  }

  /// Takes a name that ends where the next byte cannot continue it.
  private mutating func takeWord(_ word: StaticString) -> Bool {
    let matches = word.withUTF8Buffer { text[index...].starts(with: $0) }
    let end = index + word.utf8CodeUnitCount
    guard matches, end == text.count || !Self.continuesWord(text[end]) else { return false }
    index = end
    return true
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }

  private static func continuesWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }

  // MARK: Errors

  private func error(at index: Int, expected: String, found: String) -> NumPyError {
    NumPyError(
      reason: .malformed, file: file, position: start + index, expected: expected, found: found)
  }

  private func missingKey(_ key: String) -> NumPyError {
    error(at: 0, expected: "the key '\(key)'", found: "a header without it")
  }

  /// The token at an index: a word, a quoted string or a single byte.
  private func foundHere(_ index: Int) -> String {
    guard index < text.count else { return "the end of the header" }
    var end = index + 1
    if text[index] == UInt8(ascii: "'") || text[index] == UInt8(ascii: "\"") {
      end = text[end...].firstIndex(of: text[index]).map { $0 + 1 } ?? text.count
    } else if Self.continuesWord(text[index]) {
      while end < text.count, Self.continuesWord(text[end]) { end += 1 }
    }
    return NumPyError.quoted(text[index..<end])
  }
}
