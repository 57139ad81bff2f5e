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
      guard let contents = try? Data(contentsOf: URL(filePath: argument)) else {
        throw ParameterFileError(source: source, reason: "is neither a JSON object nor a file that can be read")
      }
      data = contents
    }
    do {
      return try BlockParameters.decode(data)
    } catch {
      throw ParameterFileError(source: source, reason: "must be a JSON object of texts, numbers, true and false")
    }
  }
}

struct ParameterFileError: Error, CustomStringConvertible {
  let source: String
  let reason: String
  var description: String { "\(source): \(reason)" }
}
