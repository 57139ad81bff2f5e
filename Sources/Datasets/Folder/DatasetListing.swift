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
    var boxes: [BoundingBox] = []
    var labelMap: [String: String] = [:]
    /// A label file gives the label, though it may be none.
    var isLabeled = false
    /// The label is what the file name begins with.
    var isNamedByFile = false
    /// No label file and no folder names the category.
    var isUndecided = false
    /// The part of the file that it is.
    var section: RecordingSection?
    /// The sample id, where the label file has one.
    var id: Int?
    /// The label file says that it is not to be used.
    var isDisabled = false

    /// `path` with the number of the section that it is, if there are several.
    func numbered(_ path: String) -> String { path + (section?.suffix ?? "") }
  }

  private(set) var recordings: [Recording] = []
  private(set) var ignored: [IgnoredFile] = []
  private(set) var errors: [DatasetError] = []
  /// What is odd without being wrong.
  private(set) var problems: [DatasetProblem] = []

  private let files: [FolderListing.File]
  private var byPath: [ByteKey: Int] = [:]
  private var isUsed: [Bool]
  /// Paths that the scan itself refuses.
  private let reported: Set<ByteKey>

  /// - Parameters:
  ///   - samplesFile: real path of Studio's list, which is no recording.
  ///   - split: deals out recordings that no label file and no folder does; nil takes them for training.
  init(_ root: DatasetRoot, samplesFile: String?, split: CategorySplit? = nil) {
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
      if parts.isEmpty { addNamed(below: "") } else { noteOutside(parts) }
    }
    readSideLabels()
    dealOut(split)
    ignoreTheRest()
    problems += FolderOddities.problems(files, nonUTF8: folder.nonUTF8Names, recordings: recordings)
  }

  // MARK: Beside the label file

  private mutating func readSideLabels() {
    var side = SideLabels()
    for (index, file) in files.enumerated() {
      guard let kind = SideLabels.Kind(rawValue: file.name) else { continue }
      isUsed[index] = true
      // A link that leads out has been reported under its own name.
      side.read(kind, realPath: file.realPath, file: file.path) { byPath[$0] != nil || reported.contains($0) }
    }
    errors += side.errors
    problems += side.unused.map { DatasetProblem($0, severity: .notice) }
    for index in recordings.indices {
      guard let notes = side.notes[ByteKey(recordings[index].file.path)] else { continue }
      recordings[index].labelMap = notes.map ?? [:]
      // A local Studio has written these into the label file, or taken them back since.
      if recordings[index].id != nil { continue }
      if let label = notes.label, !recordings[index].isLabeled || recordings[index].label == .unlabeled {
        recordings[index].label = label
        recordings[index].isLabeled = true
        recordings[index].isNamedByFile = false
      }
      if recordings[index].boxes.isEmpty { recordings[index].boxes = notes.boxes ?? [] }
      if recordings[index].isNamedByFile, !recordings[index].boxes.isEmpty {
        // What a picture shows stands in its boxes; its name is no more than a number.
        recordings[index].label = .unlabeled
        recordings[index].isNamedByFile = false
      }
    }
  }

  /// Settles the category of recordings that have none, in place.
  private mutating func dealOut(_ split: CategorySplit?) {
    for index in recordings.indices {
      // Without a rule of the user's, `split` in a label file still means the uploader's.
      let isSplit = recordings[index].category == .split
      guard let rule = isSplit ? split ?? .md5 : recordings[index].isUndecided ? split : nil else { continue }
      do throws(DatasetError) {
        let file = recordings[index].file
        recordings[index].category = try rule.category(ofFile: file.realPath, displayName: file.path)
      } catch {
        errors.append(error)
      }
    }
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
          metadata: entry.metadata, boxes: entry.boxes, isLabeled: true, id: entry.id,
          isDisabled: entry.isDisabled))
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
        default: Category(folderNamesIn: file.path)
        }
      let classLabel = RecordingLabel(classFolderOf: file.path)
      found.append(
        Recording(
          file: file, name: file.stem, category: category ?? .training,
          label: classLabel ?? RecordingLabel(fileName: file.name), metadata: [:], isNamedByFile: classLabel == nil,
          isUndecided: category == nil))
    }
    recordings += found.filter { $0.category == .training } + found.filter { $0.category != .training }
  }

  // MARK: The rest

  /// Tells how many recordings lie outside of the folders that count, and which folder may be a slip of the pen.
  private mutating func noteOutside(_ parts: [String]) {
    let outside = files.indices.filter { index in
      !isUsed[index] && RecordingFormat.knownExtensions.contains(files[index].fileExtension)
        && !parts.contains { files[index].path.utf8.starts(with: "\($0)/".utf8) }
    }
    guard let first = outside.first.map({ files[$0].path }) else { return }
    let folders = parts.joined(separator: " and ")
    var message =
      outside.count == 1
      ? "it is outside of \(folders), and not used"
      : "it and \(outside.count - 1) more lie outside of \(folders), and are not used"
    for index in outside {
      guard let folder = RecordingName.components(files[index].path).dropLast().first,
        let category = Category(folderNamesIn: "\(folder)/x")
      else { continue }
      message +=
        "; did you mean \(DatasetError.quoted(category.rawValue)) for the folder \(DatasetError.quoted(folder))?"
      break
    }
    problems.append(DatasetProblem(severity: .warning, file: first, message: message))
  }

  /// Files that belong to a dataset without being recordings.
  private func isCompanion(_ file: FolderListing.File, _ samplesFile: ByteKey?) -> Bool {
    file.path == SampleList.fileName || ByteKey(file.realPath) == samplesFile
      || file.stem.lowercased() == "readme" || isSidecar(file)
  }

  /// Whether the file describes the NumPy array beside it.
  private func isSidecar(_ file: FolderListing.File) -> Bool {
    file.name.utf8.suffix(5).elementsEqual(".json".utf8)
      && byPath[ByteKey(RecordingName.stem(fileName: file.path) + ".npy")] != nil
  }

  private mutating func ignoreTheRest() {
    for (index, file) in files.enumerated() where !isUsed[index] {
      let reason =
        if file.name == InfoLabels.fileName {
          "\(InfoLabels.fileName) is read at the top, else in training and testing"
        } else if file.name == SideLabels.attachmentsName {
          "features need no attachments"
        } else if file.fileExtension == "labels" {
          "no label file has this name"
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
