import Glibc

/// Errors of the operating system in the terms of this module.
enum SystemError {
  /// The error for a file or folder that could not be read.
  static func reading(_ file: String, expected: String = "a readable file", code: CInt) -> DatasetError {
    let kind: DatasetError.Kind =
      switch code {
      case ENOENT, ENOTDIR: .missing
      case EMFILE, ENFILE, ENOMEM, EIO: .system
      default: .unreadable
      }
    let found = code == ENOENT ? "nothing at this path" : message(code)
    return DatasetError(file: file, expected: expected, found: found, kind: kind)
  }

  private static func message(_ code: CInt) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let text = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return "\"\(String(decoding: text, as: UTF8.self))\" (\(code))"
  }
}
