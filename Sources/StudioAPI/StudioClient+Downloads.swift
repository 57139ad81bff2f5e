import Foundation
import Glibc
import NumPyFiles
import OutputFiles

/// A download in its place.
public struct DownloadedFile: Sendable, Equatable {
  /// Where it is.
  public var path: String
  /// Its size.
  public var byteCount: Int
  /// Its type, as the server says, without parameters.
  public var contentType: String?
}

extension StudioClient {
  /// What a download must be.
  public enum DownloadFormat: Sendable {
    /// Any bytes.
    case any
    /// A NumPy array whose header fits its length.
    case array
  }

  /// Downloads to a file, which is replaced in one step when the download is complete and checked.
  ///
  /// Memory does not grow with the size. The data goes to a temporary file in the same folder; it is removed after any
  /// error, and an old file stays as it was.
  ///
  /// - Throws: `StudioError`; `truncated` when the length is not as announced, `invalidAnswer` when a NumPy array is
  ///   asked for and something else comes, `file` when it cannot be written.
  @discardableResult
  public func download(
    _ endpoint: Endpoint<DownloadedFile>, to path: String, format: DownloadFormat = .any
  ) async throws(StudioError) -> DownloadedFile {
    try await repeating(endpoint) { attempt throws(StudioError) in
      try await self.downloadOnce(endpoint, to: path, format)
    }
  }

  private func downloadOnce(
    _ endpoint: Endpoint<DownloadedFile>, to path: String, _ format: DownloadFormat
  ) async throws(StudioError) -> DownloadedFile {
    func fileError(_ action: String, _ code: Int32 = errno) -> StudioError {
      error(.file, "\(path): \(action): \(String(cString: strerror(code)))", endpoint)
    }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let temporary = "\(folder).edgedsp-\(getpid())-\(UInt64.random(in: 0 ... .max)).tmp"
    _ = UnfinishedOutput.make(temporary, by: { true })
    defer {
      unlink(temporary)
      UnfinishedOutput.remove(temporary)
    }
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw fileError("cannot create a file beside it") }
    defer { close(descriptor) }

    let answer = try await send(endpoint, sink: .file(descriptor), limit: nil)
    if !answer.body.isEmpty { throw failure(of: answer, endpoint, expected: "a file") }
    if answer.byteCount == 0 {
      throw error(.invalidAnswer, "expected a file, found an empty answer", endpoint, status: answer.status)
    }
    if format == .array { try checkArray(temporary, endpoint) }
    guard fsync(descriptor) == 0 else { throw fileError("cannot bring it to the disk") }
    guard rename(temporary, path) == 0 else { throw fileError("cannot put it in place") }
    return DownloadedFile(path: path, byteCount: answer.byteCount, contentType: answer.contentType)
  }

  private func checkArray(_ path: String, _ endpoint: Endpoint<DownloadedFile>) throws(StudioError) {
    do throws(NumPyError) {
      _ = try NumPyHeader(contentsOf: path)
    } catch {
      let isArray = Self.beginsLikeArray(path)
      throw self.error(
        isArray ? .truncated : .invalidAnswer,
        "the answer is not a whole NumPy array: expected \(error.expected), found \(error.found)", endpoint, status: 200
      )
    }
  }

  private static func beginsLikeArray(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var magic = [UInt8](repeating: 0, count: 6)
    return read(descriptor, &magic, 6) == 6 && magic == [0x93] + Array("NUMPY".utf8)
  }
}
