import Foundation
import Glibc

/// A JSON file that is read whole: label files, lists of samples, settings.
///
/// ```swift
/// let file = try JSONFile(path: "impulse.json")
/// let impulse = try file.decode(Impulse.self)
/// ```
public struct JSONFile: Sendable {
  /// The largest file that is read by default. Files that people write and Studio's settings stay below 1 MB; the
  /// bound is for devices and mistaken paths.
  public static let sizeLimit = 64 << 20

  /// The bytes, without the mark that some editors put before UTF-8.
  public let data: Data
  /// Whether that mark was there.
  let hasMark: Bool
  /// The file as errors name it.
  public let name: String

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// All bytes of the file.
  var rawBytes: [UInt8] { (hasMark ? Self.mark : []) + Array(data) }

  /// Takes bytes that are already there. `name` is how errors name them.
  public init(data: Data, name: String) {
    hasMark = data.starts(with: Self.mark)
    self.data = hasMark ? Data(data.dropFirst(Self.mark.count)) : data
    self.name = name
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: how errors name it. Default: the path.
  ///   - sizeLimit: in bytes. Default: 64 MiB.
  ///   - acceptsPipes: whether pipes and devices are read too, to their end. The call then waits for a pipe's
  ///     writer. Default: false.
  /// - Throws: `DatasetError`: `missing` or `unreadable` where the system does not give the bytes, `unsupported` for
  ///   a file that is too large.
  public init(
    path: String, name: String? = nil, sizeLimit: Int = JSONFile.sizeLimit, acceptsPipes: Bool = false
  ) throws(DatasetError) {
    let name = name ?? path
    // The system would cut a path at a NUL and read another file.
    if path.utf8.contains(0) {
      throw DatasetError(
        file: name, expected: "a path without NUL", found: DatasetError.quoted(path), kind: .missing)
    }
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (acceptsPipes ? 0 : O_NONBLOCK))
    if descriptor < 0 { throw SystemError.reading(name, code: errno) }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) != 0 { throw SystemError.reading(name, code: errno) }
    let type = status.st_mode & S_IFMT
    if type == S_IFDIR || (type != S_IFREG && !acceptsPipes) {
      throw DatasetError(
        file: name, expected: "a regular file", found: type == S_IFDIR ? "a folder" : "something else",
        kind: .unreadable)
    }
    self.init(data: try Self.bytes(of: descriptor, name: name, limit: sizeLimit), name: name)
  }

  private static func bytes(of descriptor: CInt, name: String, limit: Int) throws(DatasetError) -> Data {
    var data = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw SystemError.reading(name, code: errno) }
      if count == 0 { return data }
      data.append(contentsOf: chunk[..<count])
      if data.count > limit {
        throw DatasetError(
          file: name, expected: "a file of at most \(limit) bytes", found: "a larger one", kind: .unsupported)
      }
    }
  }
}
