import Foundation
import Glibc
import OutputFiles

/// A `multipart/form-data` body with files in fields named `data`.
struct MultipartBody {
  /// A part of the body.
  struct Part {
    enum Content {
      case bytes(Data)
      case file(String)
    }
    var fileName: String
    var contentType: String
    var content: Content
  }

  /// Bodies up to this size are made in memory.
  static let memoryLimit = 4 << 20

  let boundary: String
  let parts: [Part]

  init(_ parts: [Part]) {
    self.parts = parts
    // 128 random bits do not occur in any file.
    boundary = UploadSample.randomName("") + UploadSample.randomName("")
  }

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  private func head(_ part: Part) -> Data {
    var name = ""
    for scalar in part.fileName.unicodeScalars {
      switch scalar {
      case "\"": name += "%22"
      case "\r": name += "%0D"
      case "\n": name += "%0A"
      default: name.unicodeScalars.append(scalar)
      }
    }
    return Data(
      """
      --\(boundary)\r
      Content-Disposition: form-data; name="data"; filename="\(name)"\r
      Content-Type: \(part.contentType)\r
      \r

      """.utf8)
  }

  /// The body in memory, or nil when it holds more than the limit in files.
  func inMemory() throws(StudioError) -> Data? {
    var data = Data()
    for part in parts {
      data += head(part)
      switch part.content {
      case .bytes(let bytes): data += bytes
      case .file(let path):
        // One byte more than the limit tells whether there is more.
        guard let bytes = try UploadFile.contents(path, limit: Self.memoryLimit) else { return nil }
        data += bytes
      }
      data += Data("\r\n".utf8)
    }
    data += Data("--\(boundary)--\r\n".utf8)
    return data
  }

  /// Writes the body to a new file; it must be removed by the caller.
  func write(to path: String) throws(StudioError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw UploadFile.failure(path, "cannot create") }
    defer { close(descriptor) }
    for part in parts {
      try UploadFile.write(head(part), to: descriptor, path)
      switch part.content {
      case .bytes(let bytes): try UploadFile.write(bytes, to: descriptor, path)
      case .file(let source): try UploadFile.copy(source, to: descriptor, path)
      }
      try UploadFile.write(Data("\r\n".utf8), to: descriptor, path)
    }
    try UploadFile.write(Data("--\(boundary)--\r\n".utf8), to: descriptor, path)
  }
}

/// Files that are read for an upload.
enum UploadFile {
  static func failure(_ path: String, _ action: String, _ code: Int32 = errno) -> StudioError {
    StudioError(.file, "\(path): \(action): \(String(cString: strerror(code)))")
  }

  /// Opens a regular file; anything else could block or never end.
  private static func opened(_ path: String) throws(StudioError) -> Int32 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, "cannot open") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw StudioError(.file, "\(path): expected a file")
    }
    return descriptor
  }

  /// The whole file; nil when it is longer than `limit`.
  static func contents(_ path: String, limit: Int) throws(StudioError) -> Data? {
    let descriptor = try opened(path)
    defer { close(descriptor) }
    var data = Data()
    while let chunk = try next(descriptor, path) {
      data += chunk
      if data.count > limit { return nil }
    }
    return data
  }

  static func copy(_ path: String, to target: Int32, _ targetPath: String) throws(StudioError) {
    let descriptor = try opened(path)
    defer { close(descriptor) }
    while let chunk = try next(descriptor, path) { try write(chunk, to: target, targetPath) }
  }

  private static func next(_ descriptor: Int32, _ path: String) throws(StudioError) -> Data? {
    var chunk = Data(count: 1 << 20)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { return chunk.prefix(count) }
      if count == 0 { return nil }
      guard errno == EINTR else { throw failure(path, "cannot read") }
    }
  }

  static func write(_ data: Data, to descriptor: Int32, _ path: String) throws(StudioError) {
    let code = data.withUnsafeBytes { bytes -> Int32 in
      var done = 0
      while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          done += count
        } else if count == 0 || errno != EINTR {
          return count == 0 ? ENOSPC : errno
        }
      }
      return 0
    }
    if code != 0 { throw failure(path, "cannot write", code) }
  }
}
