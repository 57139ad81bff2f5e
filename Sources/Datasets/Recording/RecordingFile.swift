/// The door to recordings of every format.
public enum RecordingFile {
  /// Opens the recording at `path` and reads its head.
  ///
  /// The format is told from the first bytes; the extension decides only between texts.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - displayName: how errors name the file.
  ///   - options: how to read what leaves room. Default: what each format does by itself.
  /// - Throws: `DatasetError`: `missing`, `unreadable`, `malformed` (empty file, broken head) or
  ///   `unsupported` (no known format).
  /// - Complexity: O(size of the head); O(file size) when `values` precede `sensors` or `interval_ms`.
  public static func open(
    path: String, displayName: String, options: ReadingOptions = ReadingOptions()
  ) throws(DatasetError) -> any RecordingReader {
    try open(path: path, displayName: displayName, options: options, chunk: ByteSource.defaultChunk)
  }

  /// As above; `chunk` is the number of bytes asked of the file at a time.
  static func open(
    path: String, displayName: String, options: ReadingOptions = ReadingOptions(), chunk: Int
  ) throws(DatasetError) -> any RecordingReader {
    if let section = options.section {
      // A short recording of a long file needs no more than its own bytes.
      let source = try ByteSource(path: path, file: displayName, chunk: min(chunk, section.bytes.count + 1))
      return try TableReader(source, options.table, section)
    }
    let source = try ByteSource(path: path, file: displayName, chunk: chunk)
    let head = try source.prefix(RecordingFormat.sniffLength)
    if head.isEmpty {
      throw DatasetError(file: displayName, expected: "a recording", found: "an empty file")
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw DatasetError(
        file: displayName, position: .byte(0), expected: "text in UTF-8", found: "UTF-16: save it as UTF-8",
        kind: .unsupported)
    }
    let fileExtension = RecordingName.fileExtension(fileName: RecordingName.fileName(path: path))
    for format in RecordingFormat.all where format.recognizes(head, fileExtension) {
      return try format.open(source, options)
    }
    if head.starts(with: "ID3".utf8), fileExtension == "flac" {
      throw DatasetError(
        file: displayName, position: .byte(0), expected: "a FLAC stream",
        found: "an ID3 tag before the FLAC stream", kind: .unsupported)
    }
    if RecordingFormat.table.extensions.contains(fileExtension),
      let offset = head.firstIndex(where: { !RecordingFormat.isText($0) })
    {
      let digits = String(head[offset], radix: 16, uppercase: true)
      throw DatasetError(
        file: displayName, position: .byte(offset), expected: "text",
        found: "the byte 0x\(digits.count == 1 ? "0" : "")\(digits)", kind: .unsupported)
    }
    throw DatasetError(
      file: displayName, position: .byte(0), expected: RecordingFormat.expectation,
      found: DatasetError.quoted(bytes: head), kind: .unsupported)
  }
}

/// One format of recordings. A new format is one reader and one line in `all`.
struct RecordingFormat: Sendable {
  /// For messages, with its article.
  let name: String
  /// Lower-case file extensions that dataset folders are searched for.
  let extensions: [String]
  /// Whether the first bytes of a file (at most `sniffLength`, at least one) are of this format. The extension is in
  /// lower case.
  let recognizes: @Sendable (_ head: [UInt8], _ fileExtension: String) -> Bool
  /// Reads the head of a file. The source stands at its first byte.
  let open: @Sendable (ByteSource, ReadingOptions) throws(DatasetError) -> any RecordingReader
  /// Whether a file must be opened to know its label, or which recordings it holds. Default: never.
  var mustBeOpened: @Sendable (ReadingOptions) -> Bool = { _ in false }

  /// How many bytes `recognizes` is shown.
  static let sniffLength = 512

  /// All formats, asked in this order.
  static let all: [RecordingFormat] = [.png, .jpeg, .json, .cbor, .wave, .flac, .numpy, .table]

  /// Extension to format, for folders.
  static let knownExtensions = Set(all.flatMap(\.extensions))

  static var expectation: String {
    let names = all.map(\.name)
    return names.dropLast().joined(separator: ", ") + (names.last.map { " or \($0)" } ?? "")
  }
}
