import Datasets
import FeatureGeneration
import Foundation

/// An earlier report that cannot be used.
struct BenchmarkFileError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  let isMissing: Bool

  var description: String { "\(path): \(reason)" }
}

/// Reports on disk.
enum BenchmarkFile {
  /// A report has some kilobytes a block; nobody's has this many.
  private static let mostBytes = 1 << 26

  static func read(_ path: String) throws -> BenchmarkReport {
    let data: Data
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      data = try file.read(upToCount: mostBytes) ?? Data()
    } catch {
      throw BenchmarkFileError(
        path: path, reason: "expected a report of `edgedsp bench --json`, found no file that can be read",
        isMissing: true)
    }
    let report: BenchmarkReport
    do {
      report = try JSONDecoder().decode(BenchmarkReport.self, from: data)
    } catch {
      throw BenchmarkFileError(
        path: path, reason: "expected a report of `edgedsp bench --json`, found \(Self.fault(error))", isMissing: false)
    }
    do {
      try report.check()
    } catch {
      throw BenchmarkFileError(path: path, reason: error.description, isMissing: false)
    }
    return report
  }

  private static func fault(_ error: any Error) -> String {
    func path(_ keys: [any CodingKey]) -> String {
      keys.reduce("") { path, key in
        if let index = key.intValue { return path + "[\(index)]" }
        return path + (path.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return switch error as? DecodingError {
    case .keyNotFound(let key, let context): "no \(path(context.codingPath + [key]))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context): "another type as \(path(context.codingPath))"
    default: "no JSON"
    }
  }
}
