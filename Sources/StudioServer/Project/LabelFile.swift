import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// `info.labels` at the top of a dataset as this server writes it: all recordings with their ids.
///
/// What others have written into it stays: keys of entries, and entries for files that are no recordings.
struct LabelFile: RegisterFile {
  let path: String
  /// By the bytes of their paths: two spellings of an accent are two files.
  private var entries: [ByteKey: Entry] = [:]
  /// In the order of the file.
  private var order: [ByteKey] = []
  /// What paths that it names begin with in the dataset.
  private let part: String
  private var head: [String: JSONValue] = ["version": .integer(1)]

  /// What the file says about one path, as it is written: of thousands, few change at a time.
  private struct Entry {
    let line: Data
    let id: Int?
    /// What this server has put into it last.
    var recording: RegisteredRecording?

    init(_ fields: [String: JSONValue], _ recording: RegisteredRecording? = nil) throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      line = try encoder.encode(JSONValue.object(fields))
      if case .integer(let id)? = fields["id"] { self.id = id } else { id = nil }
      self.recording = recording
    }

    /// With a recording's own fields in place of those of before.
    func updated(_ recording: RegisteredRecording) throws -> Entry {
      var fields = try JSONDecoder().decode(JSONValue.self, from: line).fields
      fields["isDisabled"] = nil
      return try Entry(fields.merging(recording.infoFields) { $1 }, recording)
    }
  }

  static let fileName = "info.labels"

  /// Reads the file if there is one.
  ///
  /// - Throws: `OutputError` for one that cannot be read: replacing it would lose what others have written.
  init(folder: String) throws { try self.init(folder: folder, part: "") }

  /// The files that say what recordings are: the one at the top, or else those of the parts of the dataset. Those that
  /// cannot be read are left out.
  static func counting(in folder: String) -> [LabelFile] {
    let isAtTop = FileIdentity(path: "\(folder)/\(fileName)") != nil
    return (isAtTop ? [""] : ["training/", "testing/"]).compactMap { try? LabelFile(folder: folder, part: $0) }
  }

  /// - Parameter part: what its paths begin with in the dataset.
  private init(folder: String, part: String) throws {
    path = "\(folder)/\(part)\(Self.fileName)"
    self.part = part
    guard let data = try Self.read(path) else { return }
    if let document = try? JSONDecoder().decode(JSONValue.self, from: data), case .array? = document["files"],
      [nil, .integer(1)].contains(document["version"])
    {
      head = document.fields
      head["files"] = nil
      for file in document.list("files") { try add(file) }
      return
    }
    // From very large exports: a line for each file behind a head.
    let lines = data.split(separator: UInt8(ascii: "\n")).filter { !$0.allSatisfy { " \t\r".utf8.contains($0) } }
    let isLines = lines.first?.filter { !" \t\r".utf8.contains($0) }.starts(with: "{\"__ndjson\":true".utf8)
    for line in lines.dropFirst() where isLines == true {
      guard let value = try? JSONDecoder().decode(JSONValue.self, from: line) else {
        throw OutputError(kind: .exists, path: path, reason: "has a line that is no JSON, and so is not replaced")
      }
      if value["__key"]?.text == "files", let file = value["__item"] { try add(file) }
    }
    if isLines != true {
      throw OutputError(
        kind: .exists, path: path, reason: "is no list of files of version 1, and so is not replaced")
    }
  }

  private mutating func add(_ file: JSONValue) throws {
    guard let path = file["path"]?.text.map({ Self.plain("\(part)\($0)") }) else { return }
    if entries.updateValue(try Entry(file.fields), forKey: path) == nil { order.append(path) }
  }

  /// Without empty components and `.`, which name the same file.
  static func plain(_ path: String) -> ByteKey {
    ByteKey(path.split(separator: "/").filter { $0 != "." }.joined(separator: "/"))
  }

  /// All ids that the file gives, also to what cannot be used.
  var ids: [Int] { entries.values.compactMap(\.id) }

  /// Whether the file names a path.
  func names(_ path: String) -> Bool { entries[ByteKey(path)] != nil }

  /// Whether the file gives a path an id of its own.
  func hasID(_ path: String) -> Bool { entries[ByteKey(path)]?.id != nil }

  /// - Complexity: O(recordings) comparisons, and some µs for each that has changed since the last time.
  /// - Parameters:
  ///   - recordings: all of the project, in any order.
  ///   - removed: paths that are to be named no more.
  mutating func update(_ recordings: [RegisteredRecording], removed: [String]) throws {
    for path in removed { entries[ByteKey(path)] = nil }
    if !removed.isEmpty { order.removeAll { entries[$0] == nil } }
    for recording in recordings {
      let path = ByteKey(recording.path)
      guard let old = entries[path] else {
        order.append(path)
        entries[path] = try Entry(recording.infoFields, recording)
        continue
      }
      if old.recording != recording { entries[path] = try old.updated(recording) }
    }
  }

  func contents() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = Data("{".utf8)
    for (key, value) in head.sorted(by: { $0.key < $1.key }) {
      text += try encoder.encode(key) + Data(": ".utf8) + encoder.encode(value) + Data(", ".utf8)
    }
    text += Data("\"files\": [".utf8)
    text.reserveCapacity(text.count + entries.values.reduce(0) { $0 + $1.line.count + 2 } + 8)
    for (index, line) in order.lazy.compactMap({ entries[$0]?.line }).enumerated() {
      text.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
      text.append(line)
    }
    text.append(contentsOf: "\n]}\n".utf8)
    return text
  }
}
