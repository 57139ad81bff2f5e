import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// The recordings of a project in a folder: each under its id and content, with a `samples.json` that names them.
///
/// Names repeat in Studio; ids do not, so the list names files by these.
struct StudioRecordings {
  let folder: String

  /// Recordings that are fetched before they are put in place.
  private static let batch = 64

  /// Fetches what is missing, removes what is no longer listed and writes the list.
  ///
  /// - Throws: `StudioError` where a recording cannot be fetched; the others are in place then.
  func update(_ list: [JSONValue], _ studio: StudioOptions) throws {
    try MadeFolders.make(folder)
    let samples = try list.filter { $0["category"]?.text != "post-processing" && $0["isDisabled"] != .bool(true) }
      .map(Sample.init)
    var files = existing()
    let wanted = Set(samples.map(\.key))
    for (key, name) in files where !wanted.contains(key) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      files[key] = nil
    }
    try fetch(samples.filter { files[$0.key] == nil }, studio)
    files = existing()
    let named = try samples.map { sample -> JSONValue in
      guard let name = files[sample.key], case .object(var fields) = sample.value else {
        throw StudioError(.file, "\(folder): the file of sample \(sample.id) is gone")
      }
      fields["filename"] = .string(name)
      return .object(fields)
    }
    try ReplacedFile(path: "\(folder)/samples.json").write(StudioSampleList.text(named))
  }

  /// What Studio calls recordings, by id. Names repeat, so the id is part of it.
  static func names(_ list: [JSONValue]) -> [Int: String] {
    let pairs = list.compactMap { sample -> (Int, String)? in
      guard let id = sample["id"]?.wholeNumber, let name = sample["filename"]?.text else { return nil }
      return (id, "\(name) (\(id))")
    }
    return Dictionary(pairs, uniquingKeysWith: { $1 })
  }

  /// A recording in Studio's list.
  private struct Sample {
    var id: Int
    /// Id and content, as a file name begins.
    var key: String
    var value: JSONValue

    init(_ value: JSONValue) throws(StudioError) {
      guard let id = value["id"]?.wholeNumber, let hash = value["sha256Hash"]?.text else {
        throw StudioError(.invalidAnswer, "a sample in the list has no id or no sha256Hash")
      }
      self.id = id
      // The text comes from the network: nothing in it may lead elsewhere.
      key = "\(id)-" + hash.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(64).lowercased()
      self.value = value
    }
  }

  /// Names of files by their keys.
  private func existing() -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let files = names.filter { $0.first?.isNumber == true && $0.contains("-") }
    return Dictionary(files.map { (String($0.prefix { $0 != "." }), $0) }, uniquingKeysWith: { $1 })
  }

  private func fetch(_ samples: [Sample], _ studio: StudioOptions) throws {
    if samples.isEmpty { return }
    let progress = DatasetProgress("downloaded")
    defer { progress.finish() }
    let keys = Dictionary(samples.map { ($0.id, $0.key) }, uniquingKeysWith: { $1 })
    var failures: [StudioError] = []
    for start in stride(from: 0, to: samples.count, by: Self.batch) {
      let ids = samples[start..<min(samples.count, start + Self.batch)].map(\.id)
      let staging = try StudioStaging(beside: folder)
      defer { staging.discard() }
      let report = try studio.run { project in
        await project.client.downloadSamples(project: project.id, ids: ids, to: staging.path) { done, _ in
          progress.show(start + done, of: samples.count)
        }
      }
      for download in report.downloads {
        guard let key = keys[download.id] else { continue }
        let name = RecordingName.fileName(path: download.path)
        let end = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        let place = "\(folder)/\(key)\(end)"
        guard rename(download.path, place) == 0 else {
          throw OutputError.system(.cannotCreate, place, "cannot put in place")
        }
      }
      failures += report.failures.map(\.error)
    }
    guard let first = failures.first else { return }
    for error in failures.dropFirst() { Terminal.writeError("error: \(Terminal.line("\(error)"))\n") }
    throw first
  }
}

/// A folder for downloads under way, which nobody else can look into.
struct StudioStaging: Sendable {
  let path: String

  /// - Throws: `OutputError` where the folder cannot be made.
  init(beside place: String) throws(OutputError) {
    let path = "\(place).incoming-\(UInt64.random(in: 0 ... .max))"
    guard UnfinishedOutput.make(path, by: { mkdir(path, 0o700) == 0 }) else {
      throw .system(.cannotCreate, path, "cannot create folder")
    }
    self.path = path
  }

  /// Removes it with all that is left in it.
  func discard() {
    try? FileManager.default.removeItem(atPath: path)
    UnfinishedOutput.remove(path)
  }
}
