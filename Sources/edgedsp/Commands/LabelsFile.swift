import Datasets
import FeatureGeneration
import Foundation

/// The value of `--labels`: a file of a generation that lists the class labels.
enum LabelsFile {
  private struct Document: Decodable { let labels: [String] }

  static func read(_ path: String) throws -> ClassLabels {
    let expected = "a labels.json or metadata.json of a generation"
    let data: Data
    do throws(DatasetError) {
      data = try JSONFile(path: path, acceptsPipes: true).data
    } catch {
      throw ParameterFileError(
        source: path, expected: expected, found: error.found, isMissing: error.kind != .unsupported)
    }
    guard let document = try? JSONDecoder().decode(Document.self, from: data) else {
      throw ParameterFileError(source: path, expected: expected, found: "no list \"labels\"", isMissing: false)
    }
    return ClassLabels(document.labels.map { .single($0) })
  }
}
