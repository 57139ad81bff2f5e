/// The recordings of a folder before they have ids, in listing order.
///
/// `info.labels` at the top decides if it is there. Otherwise the folders `training` and `testing` count,
/// each by its own `info.labels` or by the names of its files, training first. A folder with neither of
/// them is flat: all files below it count.
struct DatasetListing {
  struct Recording {
    let file: FolderListing.File
    var name: String
    var category: Category
    var label: RecordingLabel
    var metadata: [String: String]
    /// A label file states the label.
    var isLabeled = false
    /// The part of the file that it is.
    var section: RecordingSection?

    /// `path` with the number of the section that it is, if there are several.
    func numbered(_ path: String) -> String { path + (section?.suffix ?? "") }
  }

  private(set) var recordings: [Recording] = []
  private(set) var ignored: [IgnoredFile] = []
  private(set) var errors: [DatasetError] = []

  private let files: [FolderListing.File]
  private var byPath: [ByteKey: Int] = [:]
  private var isUsed: [Bool]
  /// Paths that the scan itself refuses.
  private let reported: Set<ByteKey>

  init(_ root: DatasetRoot, samplesFile: String?) {
    let folder = FolderListing(root)
    files = folder.files
    ignored = folder.ignored
    errors = folder.errors
    reported = Set(folder.errors.map { ByteKey($0.file) })
    isUsed = Array(repeating: false, count: files.count)
    for (index, file) in files.enumerated() { byPath[ByteKey(file.path)] = index }
    for (index, file) in files.enumerated() where isCompanion(file, samplesFile.map { ByteKey($0) }) {
      isUsed[index] = true
    }

    if let index = byPath[ByteKey(InfoLabels.fileName)] {
      readLabels(at: index, in: "")
    } else {
      let parts = ["training", "testing"].filter { part in
        files.contains { $0.path.utf8.starts(with: "\(part)/".utf8) }
      }
      for part in parts {
        if let index = byPath[ByteKey("\(part)/\(InfoLabels.fileName)")] {
          readLabels(at: index, in: "\(part)/")
        } else {
          addNamed(below: "\(part)/")
        }
      }
      if parts.isEmpty { addNamed(below: "") }
    }
    ignoreTheRest()
  }

  // MARK: By label file

  private mutating func readLabels(at index: Int, in folder: String) {
    let labelFile = files[index]
    isUsed[index] = true
    do throws(DatasetError) {
      let info = try InfoLabels(path: labelFile.realPath, file: labelFile.path)
      errors += info.errors
      for entry in info.files { addListed(entry, in: folder, of: labelFile) }
    } catch {
      errors.append(error)
    }
  }

  private mutating func addListed(
    _ entry: InfoLabels.File, in folder: String, of labelFile: FolderListing.File
  ) {
    do throws(DatasetError) {
      let path =
        folder + (try DatasetRoot.checked(entry.path, file: labelFile.path, position: entry.position))
      guard let index = byPath[ByteKey(path)] else {
        // A link that leads out has been reported under its own name.
        if reported.contains(ByteKey(path)) { return }
        throw DatasetError(
          file: labelFile.path, position: entry.position,
          expected: "the recording \(DatasetError.quoted(path))",
          found: "no such file", kind: .missing)
      }
      let file = files[index]
      if isUsed[index] {
        throw DatasetError(
          file: labelFile.path, position: entry.position, expected: "each recording once",
          found: "\(DatasetError.quoted(path)) again")
      }
      guard RecordingFormat.knownExtensions.contains(file.fileExtension) else { return }
      isUsed[index] = true
      recordings.append(
        Recording(
          file: file, name: entry.name ?? file.stem, category: entry.category, label: entry.label,
          metadata: entry.metadata, isLabeled: true))
    } catch {
      errors.append(error)
    }
  }

  // MARK: By name

  private mutating func addNamed(below folder: String) {
    var found: [Recording] = []
    for (index, file) in files.enumerated() where !isUsed[index] {
      guard file.path.utf8.starts(with: folder.utf8),
        RecordingFormat.knownExtensions.contains(file.fileExtension)
      else { continue }
      isUsed[index] = true
      let category =
        switch folder {
        case "training/": Category.training
        case "testing/": Category.testing
        default: Category(folderNamesIn: file.path) ?? .training
        }
      found.append(
        Recording(
          file: file, name: file.stem, category: category,
          label: RecordingLabel(fileName: file.name), metadata: [:]))
    }
    recordings += found.filter { $0.category == .training } + found.filter { $0.category != .training }
  }

  // MARK: The rest

  /// Files that belong to a dataset without being recordings.
  private func isCompanion(_ file: FolderListing.File, _ samplesFile: ByteKey?) -> Bool {
    file.path == SampleList.fileName || ByteKey(file.realPath) == samplesFile
      || file.stem.lowercased() == "readme"
  }

  private mutating func ignoreTheRest() {
    for (index, file) in files.enumerated() where !isUsed[index] {
      let reason =
        if file.name == InfoLabels.fileName {
          "\(InfoLabels.fileName) is read at the top, else in training and testing"
        } else if file.fileExtension == "labels" {
          "label files other than \(InfoLabels.fileName) are not read"
        } else if !RecordingFormat.knownExtensions.contains(file.fileExtension) {
          "no known format has the extension \(DatasetError.quoted(file.fileExtension))"
        } else if byPath[ByteKey(InfoLabels.fileName)] != nil {
          "\(InfoLabels.fileName) does not name it"
        } else {
          "it is outside of training and testing, or its label file does not name it"
        }
      ignored.append(IgnoredFile(path: file.path, reason: reason))
    }
  }
}
