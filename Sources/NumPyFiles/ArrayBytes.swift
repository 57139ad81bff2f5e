import Glibc

/// Bytes with a known size and random access: an open file, or its first bytes in memory.
enum ArrayBytes {
  case file(InputFile)
  /// `size` is that of the whole; fewer bytes may be there.
  case memory([UInt8], size: Int, name: String)

  /// Name used in errors.
  var name: String {
    switch self {
    case .file(let file): file.path
    case .memory(_, _, let name): name
    }
  }

  /// Size in bytes. A file's size is taken once, when it is opened.
  var size: Int {
    switch self {
    case .file(let file): file.size
    case .memory(_, let size, _): size
    }
  }

  /// Fills `buffer` with the bytes from `offset` on, all of them or an error.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(NumPyError) {
    switch self {
    case .file(let file): try file.read(into: buffer, at: offset)
    case .memory(let bytes, _, let name):
      guard offset >= 0, offset <= bytes.count, buffer.count <= bytes.count - offset else {
        throw NumPyError(
          reason: .malformed, file: name, position: bytes.count,
          expected: "\(buffer.count) bytes from byte \(offset) on", found: "the end of the data")
      }
      buffer.copyBytes(from: bytes[offset..<(offset + buffer.count)])
    }
  }

  /// A copy of `count` bytes from `offset` on.
  func bytes(at offset: Int, count: Int) throws(NumPyError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { buffer.deallocate() }
    try read(into: buffer, at: offset)
    return Array(buffer)
  }
}

/// An open regular file. Closes its descriptor when it goes away.
final class InputFile {
  let path: String
  let size: Int
  private let descriptor: Int32

  /// Opens a file. Pipes, devices and folders have no size to check against and are refused.
  init(path: String) throws(NumPyError) {
    // A path with NUL names another file for the system than for the reader of an error.
    guard !path.utf8.contains(0) else {
      throw NumPyError(
        reason: .missing, file: path, expected: "a path without NUL", found: "a NUL character")
    }
    // O_NONBLOCK keeps a named pipe without a writer from blocking the open.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else {
      let code = errno
      throw NumPyError(
        reason: .reading(code), file: path,
        expected: "a readable .npy file", found: code == ENOENT ? "nothing at this path" : systemText(code))
    }
    var status = stat()
    let code = fstat(opened, &status) == 0 ? 0 : errno
    guard code == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw NumPyError(
        reason: code != 0 ? .reading(code) : .unreadable, file: path, expected: "a regular file",
        found: code != 0 ? systemText(code) : isFolder ? "a folder" : "a pipe or device")
    }
    self.path = path
    self.size = Int(status.st_size)
    self.descriptor = opened
  }

  deinit {
    close(descriptor)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(NumPyError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        throw NumPyError(
          reason: .unreadable, file: path, position: offset + done,
          expected: "\(rest.count) more bytes", found: "the end of a file that shrank while it was read")
      } else if errno != EINTR {
        throw NumPyError(
          reason: .reading(errno), file: path, position: offset + done,
          expected: "to read \(rest.count) bytes", found: systemText(errno))
      }
    }
  }
}

/// The system's words for an error number, for example `No space left on device (28)`.
///
/// glibc keeps the buffer of `strerror` in each thread since 2.32.
func systemText(_ code: Int32) -> String {
  guard let text = strerror(code) else { return "system error \(code)" }
  return "\(String(cString: text)) (\(code))"
}

extension NumPyError.Reason {
  /// Why a file cannot be opened or read.
  static func reading(_ code: Int32) -> Self {
    switch code {
    case ENOENT, ENOTDIR: .missing
    case EMFILE, ENFILE, ENOMEM, EIO: .system
    default: .unreadable
    }
  }
}
