import Datasets
import Foundation

/// The files of a folder that are uploaded.
struct UploadFolder {
  /// The name of the list in an exported dataset.
  static let listName = "info.labels"
  private static let extensions: Set<String> = ["jpg", "png", "mp4", "avi", "wav", "cbor", "json", "csv"]

  let path: String

  init(path: String) throws(StudioError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      throw StudioError(.file, "\(path): expected a folder")
    }
    self.path = path
  }

  var isExported: Bool { FileManager.default.fileExists(atPath: "\(path)/\(Self.listName)") }

  /// All files of known formats below the folder, in order of their paths; hidden files and folders are left out.
  func plainFiles() throws(StudioError) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: path) else {
      throw StudioError(.file, "\(path): cannot list the folder")
    }
    var files: [String] = []
    while let name = walk.nextObject() as? String {
      let last = RecordingName.fileName(path: name)
      if last.hasPrefix(".") {
        walk.skipDescendants()
        continue
      }
      guard walk.fileAttributes?[.type] as? FileAttributeType != .typeDirectory else { continue }
      let fileExtension = last.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
      if last == Self.listName || (last.contains(".") && Self.extensions.contains(fileExtension)) {
        files.append("\(path)/\(name)")
      }
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The recordings that the list of an exported dataset names; a repeated path counts once.
  func exportedSamples() throws(StudioError) -> [UploadSample] {
    let list = "\(path)/\(Self.listName)"
    let document: Document
    do throws(DatasetError) {
      document = try JSONFile(path: list, name: list, sizeLimit: 256 << 20).decode(Document.self)
    } catch {
      throw StudioError(.file, error.description)
    }
    var seen: Set<String> = []
    var samples: [UploadSample] = []
    for (index, entry) in document.files.enumerated() where seen.insert(entry.path).inserted {
      samples.append(try sample(entry, place: "\(list): files[\(index)]"))
    }
    return samples
  }

  private func sample(_ entry: Entry, place: String) throws(StudioError) -> UploadSample {
    let components = entry.path.split(separator: "/", omittingEmptySubsequences: false)
    // A list from elsewhere must not make files outside the folder leave the machine.
    guard !components.isEmpty, components.allSatisfy({ !$0.isEmpty && $0 != ".." }), !entry.path.utf8.contains(0) else {
      throw StudioError(.file, "\(place).path: expected a path inside the folder")
    }
    let category = Datasets.Category(rawValue: entry.category ?? "split")
    guard let category else {
      throw StudioError(.file, "\(place).category: expected a category, found another text")
    }
    var result = UploadSample(file: "\(path)/\(entry.path)")
    result.category = category
    result.label = entry.label.label
    result.structuredLabels = entry.label.labels ?? []
    result.boundingBoxes = entry.boundingBoxes ?? []
    result.metadata = entry.metadata ?? [:]
    return result
  }

  private struct Document: Decodable { var files: [Entry] }

  private struct Entry: Decodable {
    var path: String
    var category: String?
    var label: Label
    var metadata: [String: String]?
    var boundingBoxes: [Studio.BoundingBox]?
  }

  private struct Label: Decodable {
    var type: String?
    var label: String?
    var labels: [Studio.StructuredLabel]?
  }
}
