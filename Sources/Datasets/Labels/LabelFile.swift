import Foundation

/// Small JSON files that accompany recordings, read whole.
enum LabelFile {
  /// The largest label file that is read: a hundred thousand files with multi-labels take 100 MiB.
  static let sizeLimit = 256 << 20

  /// Reads the file at `path`, which errors name `file`.
  static func bytes(path: String, file: String, limit: Int = sizeLimit) throws(DatasetError) -> [UInt8] {
    let source = try ByteSource(path: path, file: file)
    var bytes: [UInt8] = []
    while try source.peek() != nil {
      bytes.append(
        contentsOf: UnsafeBufferPointer(start: source.base + source.cursor, count: source.end - source.cursor)
      )
      source.cursor = source.end
      if bytes.count > limit {
        throw DatasetError(
          file: file, expected: "a file of at most \(limit) bytes", found: "a larger one", kind: .unsupported)
      }
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  }

  /// Decodes `bytes`, whose entries errors name by their path below `root`.
  static func decode<T: Decodable>(
    _ type: T.Type, from bytes: [UInt8], file: String, root: String = ""
  ) throws(DatasetError) -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw translated(error, file: file, root: root)
    } catch {
      throw DatasetError(file: file, expected: "JSON", found: "\(error)")
    }
  }

  // MARK: Errors

  private static func translated(_ error: DecodingError, file: String, root: String) -> DatasetError {
    switch error {
    case .typeMismatch(let type, let context):
      return DatasetError(
        file: file, position: position(context.codingPath, root), expected: name(of: type),
        found: "something else")
    case .valueNotFound(let type, let context):
      return DatasetError(
        file: file, position: position(context.codingPath, root), expected: name(of: type), found: "null")
    case .keyNotFound(let key, let context):
      return DatasetError(
        file: file, position: position(context.codingPath, root),
        expected: "the key \(DatasetError.quoted(key.stringValue))", found: "an object without it",
        kind: .missing)
    case .dataCorrupted(let context):
      if context.codingPath.isEmpty {
        let cause = context.underlyingError as NSError?
        let index = cause?.userInfo["NSJSONSerializationErrorIndex"] as? Int
        let detail = cause?.userInfo[NSDebugDescriptionErrorKey] as? String ?? context.debugDescription
        return DatasetError(
          file: file, position: index.map { .byte($0) } ?? position([], root), expected: "JSON",
          found: DatasetError.escaped(detail))
      }
      return DatasetError(
        file: file, position: position(context.codingPath, root), expected: "a value in range",
        found: DatasetError.escaped(context.debugDescription))
    @unknown default:
      return DatasetError(file: file, expected: "JSON", found: "\(error)")
    }
  }

  private static func position(_ path: [any CodingKey], _ root: String) -> DatasetError.Position {
    var text = root
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
