import Datasets
import Foundation
import Glibc
import Hummingbird
import NIOCore

/// A file as an answer, read piece by piece on engine threads: memory does not grow with it.
enum FileAnswer {
  /// An open file, which stays readable when another takes its name.
  private final class OpenFile: Sendable {
    let descriptor: CInt
    let size: Int

    init(_ path: String, within folder: String) throws(Refusal) {
      // Without O_NONBLOCK, opening a pipe would wait for a writer.
      descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      var status = stat()
      guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        let code = errno
        if descriptor >= 0 { close(descriptor) }
        if code == EMFILE || code == ENFILE { throw Refusal(.serviceUnavailable, "too many files are open: try again") }
        throw Refusal("there is no such file")
      }
      size = Int(status.st_size)
      // A file may have become a link since the folder was read. The file is complete here: `deinit` closes it.
      guard let real = RealPath(path), let root = RealPath(folder), root.contains(real) else {
        throw Refusal("the file is a link that leads out of the dataset")
      }
    }

    deinit { close(descriptor) }

    /// - Throws: `CancellationError` where the file has become shorter: the connection is closed then.
    func read(_ range: Range<Int>) throws -> ByteBuffer {
      var buffer = ByteBufferAllocator().buffer(capacity: range.count)
      while buffer.readableBytes < range.count {
        let offset = range.lowerBound + buffer.readableBytes
        let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.upperBound - offset) {
          max(0, pread(descriptor, $0.baseAddress, range.upperBound - offset, off_t(offset)))
        }
        if count == 0 { throw CancellationError() }
      }
      return buffer
    }
  }

  private static let pieceBytes = 1 << 20

  /// - Parameter folder: where the file must be, whatever links lead to it.
  /// - Throws: `Refusal` where the file cannot be read.
  static func response(
    _ path: String, within folder: String, type: String, engine: Engine
  ) async throws -> Response {
    let file = try await engine.run { try OpenFile(path, within: folder) }
    let body = ResponseBody(contentLength: file.size) { writer in
      for start in stride(from: 0, to: file.size, by: pieceBytes) {
        let piece = try await engine.run { try file.read(start..<min(file.size, start + pieceBytes)) }
        try await writer.write(piece)
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: Answer.headers(type: type), body: body)
  }
}
