import Glibc

/// The files below a folder, found without recursion and in a fixed order.
///
/// Links are followed as long as they stay inside the folder; each folder is entered once, so a ring of
/// links ends.
struct FolderListing {
  struct File {
    /// Relative to the folder; components are joined by `/`.
    let path: String
    let byteCount: Int
    /// Real path, links resolved.
    let realPath: String

    /// The last component.
    var name: String { RecordingName.fileName(path: path) }
    /// The last component without its last extension.
    var stem: String { RecordingName.stem(fileName: name) }
    /// The extension that tells the format; see ``RecordingName/fileExtension(fileName:)``.
    var fileExtension: String { RecordingName.fileExtension(fileName: name) }
  }

  /// Regular files, ordered by the bytes of their paths.
  private(set) var files: [File] = []
  /// Entries that are neither files nor folders, or whose names are not UTF-8.
  private(set) var ignored: [IgnoredFile] = []
  private(set) var errors: [DatasetError] = []
  /// Paths with names that are not UTF-8, as they can be shown; they are ignored.
  private(set) var nonUTF8Names: [String] = []

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  /// Lists `root`. Hidden files and folders, whose names begin with a dot, are passed over.
  init(_ root: DatasetRoot) {
    var entered = Set<Identity>()
    var pending = [""]
    while let folder = pending.popLast() {
      let location = root.location(of: folder)
      guard let stream = opendir(location) else {
        errors.append(
          SystemError.reading(folder.isEmpty ? root.path : folder, expected: "a readable folder", code: errno)
        )
        continue
      }
      defer { closedir(stream) }
      var status = stat()
      guard fstat(dirfd(stream), &status) == 0,
        entered.insert(Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))).inserted
      else { continue }
      while let entry = readdir(stream) {
        let bytes = Self.name(of: entry)
        guard bytes.first != UInt8(ascii: ".") else { continue }
        guard let name = String(validating: bytes, as: UTF8.self) else {
          let path = Self.join(folder, String(decoding: bytes, as: UTF8.self))
          ignored.append(IgnoredFile(path: path, reason: "its name is not UTF-8"))
          nonUTF8Names.append(path)
          continue
        }
        if let folder = add(Self.join(folder, name), root) { pending.append(folder) }
      }
    }
    leaveOutFeatureSets()
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    ignored.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    errors.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }

  /// The files that a feature set consists of.
  private static let featureSetFiles = ["X.npy", "y.npy", "metadata.json", "labels.json", "X_raw.npy"]

  /// Features that were generated into the dataset's own folder are no recordings; what else lies there may be one.
  private mutating func leaveOutFeatureSets() {
    let paths = Set(files.map { ByteKey($0.path) })
    var left = Set<ByteKey>()
    for file in files where file.name == "X.npy" {
      let folder = String(Substring(file.path.utf8.dropLast("X.npy".utf8.count)))
      guard paths.contains(ByteKey(folder + "metadata.json")) else { continue }
      ignored.append(IgnoredFile(path: folder.isEmpty ? "." : folder, reason: "it is a feature set"))
      left.formUnion(Self.featureSetFiles.map { ByteKey(folder + $0) })
    }
    if !left.isEmpty { files.removeAll { left.contains(ByteKey($0.path)) } }
  }

  /// Takes in one entry. Returns its path when it is a folder.
  private mutating func add(_ path: String, _ root: DatasetRoot) -> String? {
    do throws(DatasetError) {
      let real = try root.resolve(path)
      var status = stat()
      guard stat(real, &status) == 0 else {
        throw SystemError.reading(path, code: errno)
      }
      let type = status.st_mode & S_IFMT
      if type != S_IFREG, Self.isLabelFile(path) {
        // Without its label file a dataset would quietly get other labels.
        throw DatasetError(
          file: path, expected: "a regular file", found: type == S_IFDIR ? "a folder" : "something else",
          kind: .unreadable)
      }
      switch type {
      case S_IFDIR: return path
      case S_IFREG: files.append(File(path: path, byteCount: Int(status.st_size), realPath: real))
      default: ignored.append(IgnoredFile(path: path, reason: "it is not a regular file"))
      }
    } catch {
      errors.append(error)
    }
    return nil
  }

  /// Whether a file of this path would be read for labels.
  private static func isLabelFile(_ path: String) -> Bool {
    let name = InfoLabels.fileName
    return [name, "training/\(name)", "testing/\(name)"].contains(path)
      || SideLabels.Kind(rawValue: RecordingName.fileName(path: path)) != nil
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// The name's bytes, read up to its NUL: the field is declared longer than the entry is.
  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
    let limit = Int(entry.pointee.d_reclen) - offset
    let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(entry) + offset, count: max(0, limit))
    return Array(bytes.prefix { $0 != 0 })
  }
}
