import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation
import NumPyFiles
import OutputFiles
import StudioAPI

/// A side of a comparison, as an argument names it.
enum ComparedSource: Equatable {
  /// A folder or an `.npy` file.
  case files(String)
  /// The features that Studio has for a block; the project of `--project` or of the key where none is named.
  case studio(project: Int?, block: Int)

  private static let prefix = "studio:"

  /// - Throws: `ValidationError` where something begins like a block in Studio and is none.
  init(_ argument: String) throws {
    guard argument.hasPrefix(Self.prefix) else {
      self = .files(argument)
      return
    }
    let parts = argument.dropFirst(Self.prefix.count).split(separator: "/", omittingEmptySubsequences: false)
    let ids = parts.compactMap { Int($0) }.filter { $0 > 0 }
    guard ids.count == parts.count, (1...2).contains(ids.count), let block = ids.last else {
      throw ValidationError(
        "\(argument): must be studio:PROJECT/BLOCK or studio:BLOCK, such as studio:7/2. "
          + "A file of that name is ./\(argument).")
    }
    self = .studio(project: ids.count == 2 ? ids[0] : nil, block: block)
  }

  var isStudio: Bool {
    if case .studio = self { true } else { false }
  }
}

/// A side of a comparison whose files are here.
struct ComparedFiles {
  let files: FeatureSetFiles
  /// What was fetched, until `discard`.
  private let staging: StudioStaging?
  /// What stands for the folder of fetched files in all that is shown.
  private let name: String

  /// Finds files, or fetches them to a folder of its own in the folder for temporary files.
  ///
  /// - Throws: `DatasetError`, `StudioError` and `OutputError`; nothing is left behind.
  init(_ source: ComparedSource, y: String?, category: Studio.RawDataCategory, studio: StudioOptions) throws {
    switch source {
    case .files(let path):
      files = try FeatureSetFiles(path: path, y: y)
      (staging, name) = (nil, "")
    case .studio(let project, let block):
      let staging = try StudioStaging(beside: FileManager.default.temporaryDirectory.path + "/edgedsp-compare")
      do {
        let id = try studio.run(project: project) { project in
          let set = StudioFeatureSet(project: project, block: block, category: category)
          _ = try await set.download([.metadata, .labels, .features], to: staging.path)
          try await set.downloadNames(to: "\(staging.path)/labels.json")
          return project.id
        }
        files = try FeatureSetFiles(path: staging.path)
        name = "studio:\(id)/\(block)"
      } catch {
        staging.discard()
        throw error
      }
      self.staging = staging
    }
  }

  /// Removes what was fetched.
  func discard() { staging?.discard() }

  /// A text with the name of the set in place of the folder.
  func shown(_ text: String) -> String {
    staging.map { text.replacing($0.path, with: name) } ?? text
  }

  /// An error about a fetched file, as one about Studio's answer; nil for errors of other files.
  func error(_ error: any Error) -> StudioError? {
    guard let staging else { return nil }
    let file: String
    switch error {
    case let error as NumPyError: file = error.file
    case let error as DatasetError: file = error.file
    default: return nil
    }
    guard file.hasPrefix(staging.path) else { return nil }
    return StudioError(.invalidAnswer, shown("\(error)"))
  }
}

extension ComparisonReport {
  /// Writes the names of fetched sets in place of the folders that they were fetched to.
  mutating func rename(local: ComparedFiles, studio: ComparedFiles) {
    func shown(_ text: String) -> String { studio.shown(local.shown(text)) }
    self.local.x = shown(self.local.x)
    self.local.y = self.local.y.map(shown)
    self.studio.x = shown(self.studio.x)
    self.studio.y = self.studio.y.map(shown)
    notes = notes.map(shown)
  }

  /// Writes other names of recordings, by sample id.
  mutating func rename(recordings names: [Int: String]) {
    func renamed(_ window: Window) -> Window {
      var window = window
      window.recording = names[window.sampleId] ?? window.recording
      return window
    }
    func renamed(_ difference: Difference) -> Difference {
      var difference = difference
      difference.window = difference.window.map(renamed)
      return difference
    }
    windows.missingExamples = windows.missingExamples.map(renamed)
    windows.extraExamples = windows.extraExamples.map(renamed)
    for index in labels.examples.indices { labels.examples[index].window = renamed(labels.examples[index].window) }
    worst = worst.map(renamed)
    firstDivergence = firstDivergence.map(renamed)
    for index in recordings.indices {
      recordings[index].recording = names[recordings[index].sampleId] ?? recordings[index].recording
    }
  }
}
