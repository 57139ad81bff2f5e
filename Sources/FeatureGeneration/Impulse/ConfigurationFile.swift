import Foundation
import Glibc

/// A small JSON file that somebody wrote by hand or saved from Studio, read whole.
public struct ConfigurationFile: Sendable {
  /// The largest one that is read. Studio's own stay below 1 MB; the bound is for devices and mistaken paths.
  public static let sizeLimit = 64 << 20

  /// The bytes.
  public let data: Data

  /// Why a file was not read, as the end of the sentence "expected …, found …".
  public struct Failure: Error, Sendable {
    /// What was wanted.
    public let expected: String
    /// What is there, in the system's words where it refuses.
    public let found: String
    /// The system does not give the bytes; otherwise there are too many.
    public let isUnreadable: Bool
  }

  /// Reads a file, or a pipe to its end.
  public init(path: String) throws(Failure) {
    func unreadable() -> Failure {
      let found = errno == ENOENT ? "nothing at this path" : String(cString: strerror(errno))
      return Failure(expected: "a readable file", found: found, isUnreadable: true)
    }
    // The system would cut a path at a NUL and read another file.
    if path.utf8.contains(0) {
      throw Failure(expected: "a path without NUL", found: "a NUL character", isUnreadable: true)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw unreadable() }
    defer { close(descriptor) }
    var data = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw unreadable() }
      if count == 0 { break }
      data.append(contentsOf: chunk[..<count])
      if data.count > Self.sizeLimit {
        throw Failure(expected: "at most \(Self.sizeLimit >> 20) MiB", found: "a larger file", isUnreadable: false)
      }
    }
    self.data = data
  }

  /// What is wrong with text that a JSON decoder refuses as a whole, with the place where it stops being JSON.
  ///
  /// `JSONDecoder` keeps that to itself on Linux; `JSONSerialization` tells.
  public static func reason(_ error: DecodingError.Context, in data: Data) -> String {
    do {
      _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      return error.debugDescription
    } catch {
      let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "no JSON"
      return reason.hasSuffix(".") ? String(reason.dropLast()) : reason
    }
  }
}
