import Foundation

extension JSONFile {
  /// Decodes the file.
  ///
  /// - Throws: `DatasetError` with the place: the path of the entry, or the line where the text stops being JSON.
  /// - Complexity: O(bytes).
  public func decode<T: Decodable>(_ type: T.Type) throws(DatasetError) -> T {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw translated(error)
    } catch {
      throw DatasetError(file: name, expected: "JSON", found: "\(error)")
    }
  }

  // MARK: Errors

  func translated(_ error: DecodingError) -> DatasetError {
    switch error {
    case .typeMismatch(let type, let context):
      return DatasetError(
        file: name, position: Self.position(context.codingPath), expected: Self.name(of: type),
        found: "something else")
    case .valueNotFound(let type, let context):
      return DatasetError(
        file: name, position: Self.position(context.codingPath), expected: Self.name(of: type), found: "null")
    case .keyNotFound(let key, let context):
      return DatasetError(
        file: name, position: Self.position(context.codingPath),
        expected: "the key \(DatasetError.quoted(key.stringValue))", found: "an object without it",
        kind: .missing)
    case .dataCorrupted(let context):
      if context.codingPath.isEmpty, let fault = JSONFault(in: data) {
        return DatasetError(
          file: name, position: .line(fault.line), expected: fault.expected,
          found: "\(fault.found) at byte \(fault.column) of the line")
      }
      return DatasetError(
        file: name, position: Self.position(context.codingPath),
        expected: context.codingPath.isEmpty ? "JSON" : "a value in range",
        found: context.codingPath.isEmpty
          ? "a value that does not fit, such as a number that is not whole or too large"
          : DatasetError.escaped(context.debugDescription))
    @unknown default:
      return DatasetError(file: name, expected: "JSON", found: "\(error)")
    }
  }

  private static func position(_ path: [any CodingKey]) -> DatasetError.Position {
    var text = ""
    for key in path {
      if let index = key.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return text.isEmpty ? .none : .entry(text)
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Int.Type, is Double.Type: "a number"
    case is Bool.Type: "true or false"
    default: "\(type)".hasPrefix("Array") ? "an array" : "an object"
    }
  }
}
