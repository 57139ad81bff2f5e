import Datasets
import FeatureGeneration
import Foundation
import ProcessingBlocks

/// The value of `--params`: a JSON object, or the path of a file that holds one.
enum ParameterFile {
  static func read(_ argument: String?) throws -> [String: ParameterValue] {
    guard let argument else { return [:] }
    let isInline = argument.drop(while: \.isWhitespace).first == "{"
    let source = isInline ? "--params" : argument
    let data: Data
    if isInline {
      data = Data(argument.utf8)
    } else {
      do throws(DatasetError) {
        data = try JSONFile(path: argument, acceptsPipes: true).data
      } catch {
        throw ParameterFileError(
          source: source, expected: "a JSON object, or a file that holds one", found: error.found,
          isMissing: error.kind != .unsupported)
      }
    }
    do {
      return try BlockParameters.decode(data)
    } catch {
      throw ParameterFileError(
        source: source, expected: "a JSON object of texts, numbers, true and false", found: Self.reason(error, data),
        isMissing: false)
    }
  }

  /// What the decoder complains about, in a few words.
  private static func reason(_ error: any Error, _ data: Data) -> String {
    switch error as? DecodingError {
    case .dataCorrupted(let context):
      return "no JSON: \(JSONFault(in: data)?.description ?? context.debugDescription)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
      let key = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
      return key.isEmpty ? "something else" : "something else at \"\(key)\""
    default: return "something else"
    }
  }
}

struct ParameterFileError: Error, CustomStringConvertible {
  let source: String
  let expected: String
  let found: String
  let isMissing: Bool

  var description: String { "\(source): expected \(expected), found \(found)" }
}
