import Foundation

/// Where bytes stop being JSON, and why. `JSONDecoder` keeps that to itself on Linux.
public struct JSONFault: Sendable, Equatable {
  /// What JSON asks for at this place, for example `a value`.
  public let expected: String
  /// What is there: quoted input of at most 40 characters, or a few words.
  public let found: String
  /// Offset of the byte, from 0; the number of bytes when they end too early.
  public let offset: Int
  /// The line of that byte, from 1.
  public let line: Int
  /// The byte's offset in its line, from 0.
  public let column: Int

  /// Looks for the fault in bytes that a decoder refuses as a whole. Nil when they are one JSON value after all.
  /// - Complexity: O(bytes), and a copy of them.
  public init?(in data: Data) {
    do throws(DatasetError) {
      var tokens = try JSONTokenizer(ByteSource(bytes: data, file: ""))
      while try tokens.next() != .end {}
      return nil
    } catch {
      guard case .byte(let offset) = error.position else { return nil }
      expected = error.expected
      found = error.found
      self.offset = offset
      let before = data.prefix(offset)
      let newline = UInt8(ascii: "\n")
      line = 1 + before.count { $0 == newline }
      column = before.lastIndex(of: newline).map { before.endIndex - $0 - 1 } ?? before.count
    }
  }
}

extension JSONFault: CustomStringConvertible {
  /// For example `"," at line 3, byte 7 of the line, expected a value`.
  public var description: String { "\(found) at line \(line), byte \(column) of the line, expected \(expected)" }
}
