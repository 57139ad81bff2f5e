import Glibc

/// How the files of a conversion are called.
enum ConvertedName {
  /// The file name without its extension, with the split number that exports append.
  static func path(of entry: DatasetEntry, _ format: WritableFormat) -> String {
    let folder = RecordingName.components(entry.path).dropLast().map { $0 + "/" }.joined()
    let name = RecordingName.fileName(path: entry.path)
    let known = RecordingName.fileExtension(fileName: name)
    var parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Substring($0) }
    if let index = parts.lastIndex(where: { $0.lowercased() == known }), index > 0 { parts.remove(at: index) }
    return folder + parts.joined(separator: ".") + "." + format.fileExtension
  }

  /// The recordings of a file, with the labels that the file itself states.
  static func entries(ofFile path: String, _ reading: ReadingOptions) throws(DatasetError) -> [DatasetEntry] {
    let reader = try RecordingFile.open(path: path, displayName: path, options: reading)
    var entry = DatasetEntry(
      path: path, filePath: path, name: RecordingName.stem(fileName: RecordingName.fileName(path: path)),
      category: .training, label: reader.label ?? .unlabeled, sampleID: 1, byteCount: 0)
    entry.reading = reading
    if reader.sections.isEmpty { return [entry] }
    return reader.sections.map { section in
      var part = entry
      part.path += section.suffix
      part.name += section.suffix
      part.label = section.label ?? .unlabeled
      part.reading.section = section
      return part
    }
  }

  /// An output that is a file: folder and name. Nil for a folder.
  static func file(_ output: String, _ format: WritableFormat) -> (folder: String, name: String)? {
    let name = RecordingName.fileName(path: output)
    guard RecordingName.fileExtension(fileName: name) == format.fileExtension, output.utf8.last != UInt8(ascii: "/")
    else { return nil }
    var status = stat()
    if stat(output, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return nil }
    let folder = String(Substring(output.utf8.dropLast(name.utf8.count)))
    return (folder.isEmpty ? "." : folder == "/" ? "/" : String(Substring(folder.utf8.dropLast())), name)
  }

  /// Recordings that become the same file, or one that means something else in a dataset.
  static func conflicts(_ items: [DatasetConversion.Item], _ format: WritableFormat) -> [DatasetError] {
    var first: [ByteKey: Int] = [:]
    for (index, item) in items.enumerated() where first[ByteKey(item.path)] == nil { first[ByteKey(item.path)] = index }
    return items.enumerated().compactMap { index, item in
      if let other = first[ByteKey(item.path)], other != index {
        return DatasetError(
          file: item.entry.path, expected: "a name of its own without its extension; rename one",
          found: "\(DatasetError.quoted(items[other].entry.path)), which becomes \(DatasetError.quoted(item.path)) too")
      }
      // A NumPy array has its JSON file beside it.
      let json = format == .npy ? NumPySidecar.path(besides: item.path) : item.path
      if json == SampleList.fileName {
        return DatasetError(
          file: item.entry.path, expected: "another name; rename it",
          found: "\(DatasetError.quoted(json)), which would be taken for Studio's list of samples")
      }
      let arrays = String(Substring(item.path.utf8.dropLast("metadata.npy".utf8.count))) + "X.npy"
      if RecordingName.fileName(path: item.path) == "metadata.npy", first[ByteKey(arrays)] != nil {
        return DatasetError(
          file: item.entry.path, expected: "another name; rename it",
          found: "\(DatasetError.quoted(item.path)) beside X.npy, which would be taken for a feature set")
      }
      return nil
    }
  }

  /// Whether a folder, which need not exist yet, is another or lies inside it.
  static func isInside(_ folder: String, _ root: RealPath) -> Bool {
    var path = folder
    while true {
      if let real = RealPath(path.isEmpty ? "." : path) { return root.contains(real) }
      if path.isEmpty || path == "/" { return false }
      let name = RecordingName.fileName(path: path)
      let isSlashed = path.utf8.last == UInt8(ascii: "/")
      path = String(Substring(path.utf8.dropLast(name.utf8.count + (isSlashed ? 1 : 0))))
      if path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    }
  }
}
