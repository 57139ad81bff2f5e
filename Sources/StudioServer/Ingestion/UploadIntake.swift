import Crypto
import Datasets
import Foundation
import Glibc
import NIOCore
import OutputFiles

/// The files of one request, as they come in: each in a file of a staging folder, except label files, which stay in
/// memory.
///
/// Used by one thread at a time: the request waits for each piece to be taken.
final class UploadIntake: @unchecked Sendable {
  /// One file that came.
  struct File {
    let name: UploadName
    /// Where it is staged, or the content of a label file.
    let content: Content
  }

  enum Content {
    case staged(path: String, bytes: Int, sha256: String)
    case labels(Data)
  }

  private(set) var files: [File] = []
  let folder: StagingFolder
  private let limits: StudioServer.Limits
  /// Counts what stays in memory.
  private let slot: RequestGate.Slot?
  private var parser: MultipartParser?
  private var current: Current?
  private var received = 0

  /// Bytes of all label files of a request together.
  private static let mostLabelBytes = 32 << 20
  /// Bytes of one part's header fields.
  static let mostHeadBytes = 16 << 10
  private var labelBytes = 0

  private struct Current {
    let name: UploadName
    var file: StagedFile?
    var labels = Data()
    var bytes = 0
  }

  /// - Parameters:
  ///   - boundary: of a multipart body; nil where the body is the one file `fileName`.
  ///   - slot: the place of the request among those that are worked on.
  init(
    folder: StagingFolder, boundary: String?, fileName: String?, limits: StudioServer.Limits, slot: RequestGate.Slot?
  ) throws {
    self.folder = folder
    self.limits = limits
    self.slot = slot
    if let boundary {
      parser = MultipartParser(
        boundary: boundary, mostParts: limits.uploadParts, mostHeadBytes: Self.mostHeadBytes)
    } else {
      try begin(UploadName(fileName ?? ""))
    }
  }

  /// Takes a piece of the body.
  ///
  /// - Throws: `Refusal`, or `OutputError` where the disk does not take it.
  func take(_ piece: ByteBuffer) throws {
    received += piece.readableBytes
    if received > limits.uploadBytes {
      throw Refusal(.contentTooLarge, "the body has more than \(limits.uploadBytes) bytes")
    }
    guard var parser else { return try piece.withUnsafeReadableBytes(append) }
    // Moved out and back, so that it is not copied.
    self.parser = nil
    defer { self.parser = parser }
    try parser.parse(piece, handle)
  }

  /// The body is complete.
  func finish() throws {
    if let parser { try parser.finish() } else { try end() }
    if files.isEmpty { throw Refusal(.badRequest, "the body holds no file in the field \"data\"") }
  }

  private func handle(_ event: MultipartParser.Event) throws {
    switch event {
    case .part(let head):
      // Values of a form that are no files say nothing here; their bytes are passed over.
      guard let fileName = head.fileName else { return }
      guard head.name == "data" else {
        throw Refusal(.badRequest, "the file \"\(UploadName(fileName).original)\" is not in the field \"data\"")
      }
      try begin(UploadName(fileName))
    case .bytes(let bytes): if current != nil { try append(bytes) }
    case .end: if current != nil { try end() }
    }
  }

  private func begin(_ name: UploadName) throws {
    let isLabels = LabelDocuments.isLabelFile(name.original)
    current = Current(name: name, file: isLabels ? nil : try folder.makeFile(fileExtension: name.fileExtension))
  }

  private func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard var open = current else { return }
    current = nil
    open.bytes += bytes.count
    if open.bytes > limits.fileBytes {
      throw Refusal(
        .contentTooLarge, "the file \"\(open.name.original)\" has more than \(limits.fileBytes) bytes")
    }
    if open.file == nil {
      labelBytes += bytes.count
      if labelBytes > Self.mostLabelBytes {
        throw Refusal(.contentTooLarge, "the label files have more than \(Self.mostLabelBytes) bytes")
      }
      try slot?.keep(bytes.count)
      open.labels.append(contentsOf: bytes)
    }
    try open.file?.append(bytes)
    current = open
  }

  private func end() throws {
    guard let open = current else { return }
    current = nil
    if let file = open.file {
      let digest = try file.finish()
      files.append(
        File(name: open.name, content: .staged(path: file.path, bytes: open.bytes, sha256: digest)))
    } else {
      files.append(File(name: open.name, content: .labels(open.labels)))
    }
  }
}
