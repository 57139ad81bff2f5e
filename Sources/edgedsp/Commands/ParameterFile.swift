import Datasets
import FeatureGeneration
import Foundation
import ProcessingBlocks

/// The value of `--params`: JSON, or the path of a file that holds it.
enum ParameterFile {
  static func read(_ argument: String?) throws -> [String: ParameterValue] {
    guard let argument else { return [:] }
    let isInline = isJSON(argument)
    let source = isInline ? "--params" : shown(argument)
    let data: Data
    if isInline {
      data = Data(argument.utf8)
    } else {
      do throws(DatasetError) {
        data = try JSONFile(path: argument, acceptsPipes: true).data
      } catch {
        throw ParameterFileError(
          source: source, expected: "a JSON object, or a file that holds one", found: error.found,
          fileKind: error.kind)
      }
    }
    do {
      return try BlockParameters.decode(data)
    } catch {
      throw ParameterFileError(
        source: source, expected: "a JSON object of texts, numbers, true and false", found: Self.reason(error, data),
        fileKind: nil)
    }
  }

  /// Whether an argument is JSON, or the beginning of it, and no path. `./1` and `./[a].json` are paths.
  private static func isJSON(_ argument: String) -> Bool {
    if let first = argument.first(where: { !$0.isWhitespace }), "{[\"".contains(first) { return true }
    return JSONFault(in: Data(argument.utf8)) == nil
  }

  /// The longest name that a file has.
  private static let longestName = 255

  /// A path as errors name it: whole where a name of a file may be that long, else its head.
  private static func shown(_ path: String) -> String {
    path.utf8.count <= longestName ? path : DatasetError.quoted(path)
  }

  /// What the decoder complains about, in a few words.
  private static func reason(_ error: any Error, _ data: Data) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context):
      return JSONFault(in: data).map { "no JSON: \($0)" } ?? context.debugDescription
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
      let key = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return key.isEmpty ? "something else" : "something else at \(DatasetError.quoted(key))"
    default: return "something else"
    }
  }
}

struct ParameterFileError: Error, CustomStringConvertible {
  let source: String
  let expected: String
  let found: String
  /// Why the file's bytes cannot be had; nil where they say something wrong.
  let fileKind: DatasetError.Kind?

  var description: String { "\(source): expected \(expected), found \(found)" }
}
