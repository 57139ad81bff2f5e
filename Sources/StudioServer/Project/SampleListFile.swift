import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// Studio's list of samples beside a dataset. Where there is one it has the say: ids, labels, categories, order.
///
/// Each recording gets its `path` there, so that it keeps its file whatever it is called.
struct SampleListFile: RegisterFile {
  let path: String
  private var document: JSONValue
  private var samples: [JSONValue]

  /// Where the list of a dataset is, if there is one.
  static func place(folder: String, samplesFile: String?) -> String { samplesFile ?? "\(folder)/samples.json" }

  /// Nil where there is no such file.
  ///
  /// - Throws: `OutputError` for one that cannot be read: it has the say, so what is written elsewhere alone is lost.
  init?(folder: String, samplesFile: String?) throws(OutputError) {
    path = Self.place(folder: folder, samplesFile: samplesFile)
    guard let data = try Self.read(path) else { return nil }
    let document = try? JSONDecoder().decode(JSONValue.self, from: data)
    switch document {
    case .array(let list)?: samples = list
    case .object(let fields)? where fields["samples"] != nil: samples = document?.list("samples") ?? []
    default: throw OutputError(kind: .exists, path: path, reason: "is no list of samples, and so is not replaced")
    }
    self.document = document ?? .null
  }

  /// Ids in the order of the list.
  var ids: [Int] { samples.compactMap { if case .integer(let id)? = $0["id"] { id } else { nil } } }

  /// The files that samples name.
  var paths: Set<ByteKey> {
    Set(samples.compactMap { ($0["path"] ?? $0["coldstorageFilename"])?.text }.map(LabelFile.plain))
  }

  /// What this server does not know of a sample stays.
  ///
  /// - Parameters:
  ///   - recordings: all of the project, in any order.
  ///   - removed: ids that are to be named no more.
  mutating func update(_ recordings: [RegisteredRecording], removed: [Int]) {
    let gone = Set(removed)
    let byID = Dictionary(recordings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var known = Set<Int>()
    samples = samples.compactMap { sample in
      guard case .integer(let id)? = sample["id"] else { return sample }
      known.insert(id)
      if gone.contains(id) { return nil }
      guard let recording = byID[id] else { return sample }
      return .object(sample.fields.merging(recording.sampleFields) { $1 })
    }
    let new = recordings.filter { !known.contains($0.id) }.sorted { $0.id > $1.id }
    samples.insert(
      contentsOf: new.map { recording in
        var fields = recording.sampleFields
        fields["coldstorageFilename"] = .string(recording.path)
        return .object(fields)
      }, at: 0)
    if case .array = document {
      document = .array(samples)
    } else {
      var fields = document.fields
      fields["samples"] = .array(samples)
      fields["totalCount"] = .integer(samples.count)
      document = .object(fields)
    }
  }

  func contents() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(document)
  }
}
