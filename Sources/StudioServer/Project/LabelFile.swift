import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// `info.labels` at the top of a dataset as this server writes it: all recordings with their ids.
///
/// What others have written into it stays: keys of entries, and entries for files that are no recordings.
struct LabelFile: Sendable {
  /// Absolute, or relative to the process's folder.
  let path: String
  /// By the bytes of their paths: two spellings of an accent are two files.
  private var entries: [ByteKey: [String: JSONValue]] = [:]
  /// In the order of the file.
  private var order: [ByteKey] = []
  private var head: [String: JSONValue] = ["version": .integer(1)]

  static let fileName = "info.labels"

  /// Reads the file if there is one.
  ///
  /// - Throws: `OutputError` for one that cannot be read: replacing it would lose what others have written.
  init(folder: String) throws(OutputError) {
    path = "\(folder)/\(Self.fileName)"
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      if FileIdentity(path: path) == nil { return }
      throw OutputError(kind: .system, path: path, reason: "cannot be read, and so is not replaced")
    }
    if let document = try? JSONDecoder().decode(JSONValue.self, from: data) {
      head = document.fields
      head["files"] = nil
      for file in document.list("files") { add(file) }
    } else {
      // From very large exports: a line for each file.
      for line in data.split(separator: UInt8(ascii: "\n")) {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: line), value["__key"]?.text == "files",
          let file = value["__item"]
        else { continue }
        add(file)
      }
    }
  }

  private mutating func add(_ file: JSONValue) {
    guard let path = file["path"]?.text else { return }
    if entries.updateValue(file.fields, forKey: Self.plain(path)) == nil { order.append(Self.plain(path)) }
  }

  /// Without empty components and `.`, which name the same file.
  private static func plain(_ path: String) -> ByteKey {
    ByteKey(path.split(separator: "/").filter { $0 != "." }.joined(separator: "/"))
  }

  /// Replaces the file.
  ///
  /// - Parameters:
  ///   - recordings: all of the project, in any order.
  ///   - removed: paths that are to be named no more.
  /// - Throws: `OutputError`; the old file is untouched then.
  mutating func write(_ recordings: [RegisteredRecording], removed: [String]) throws {
    for path in removed { entries[ByteKey(path)] = nil }
    for recording in recordings {
      let path = ByteKey(recording.path)
      if entries[path] == nil { order.append(path) }
      var fields = entries[path] ?? [:]
      fields["isDisabled"] = nil
      entries[path] = fields.merging(recording.infoFields) { $1 }
    }
    order.removeAll { entries[$0] == nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = Data("{".utf8)
    for (key, value) in head.sorted(by: { $0.key < $1.key }) {
      text += try encoder.encode(key) + Data(": ".utf8) + encoder.encode(value) + Data(", ".utf8)
    }
    text += Data("\"files\": [".utf8)
    for (index, path) in order.enumerated() {
      text += Data((index == 0 ? "\n" : ",\n").utf8)
      text += try encoder.encode(JSONValue.object(entries[path] ?? [:]))
    }
    try ReplacedFile(path: path).write(Array(text + Data("\n]}\n".utf8)))
  }
}

/// Studio's list of samples beside a dataset. Where there is one it has the say: ids, labels, categories, order.
struct SampleListFile: Sendable {
  let path: String
  private var document: JSONValue
  private var samples: [JSONValue]

  /// Nil where there is no such file.
  ///
  /// - Throws: `OutputError` for one that cannot be read: it has the say, so what is written elsewhere alone is lost.
  init?(folder: String, samplesFile: String?) throws(OutputError) {
    path = samplesFile ?? "\(folder)/samples.json"
    if FileIdentity(path: path) == nil { return nil }
    guard let data = try? Data(contentsOf: URL(filePath: path)),
      let document = try? JSONDecoder().decode(JSONValue.self, from: data)
    else {
      throw OutputError(kind: .system, path: path, reason: "cannot be read, and so is not replaced")
    }
    self.document = document
    if case .array(let list) = document { samples = list } else { samples = document.list("samples") }
  }

  /// Replaces the file; what this server does not know of a sample stays.
  ///
  /// - Throws: `OutputError`; the old file is untouched then.
  mutating func write(_ recordings: [RegisteredRecording], removed: [Int]) throws {
    let gone = Set(removed)
    let byID = Dictionary(recordings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var known = Set<Int>()
    samples = samples.compactMap { sample in
      guard case .integer(let id)? = sample["id"] else { return sample }
      known.insert(id)
      if gone.contains(id) { return nil }
      guard let recording = byID[id] else { return sample }
      // The name is what a file is found by: an old list's spelling stays until the name changes.
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    try ReplacedFile(path: path).write(Array(try encoder.encode(document)))
  }
}
