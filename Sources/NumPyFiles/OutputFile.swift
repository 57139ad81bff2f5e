import Glibc

/// A new file that is written at explicit offsets. Closes its descriptor when it goes away.
final class OutputFile {
  let path: String
  private var descriptor: Int32

  /// Creates a file that must not exist yet.
  init(creating path: String) throws(NumPyError) {
    guard !path.utf8.contains(0) else {
      throw NumPyError(
        reason: .unwritable, file: path, expected: "a path without NUL", found: "a NUL character")
    }
    let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard opened >= 0 else {
      let code = errno
      let hasRunOut = [EMFILE, ENFILE, ENOMEM].contains(code)
      throw NumPyError(
        reason: hasRunOut ? .system : .unwritable, file: path, expected: "to create a new file", found: systemText(code)
      )
    }
    self.path = path
    descriptor = opened
  }

  /// Takes over an open descriptor.
  init(descriptor: Int32, path: String) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  var isOpen: Bool { descriptor >= 0 }

  /// Writes all bytes, or throws; after an error any part of them may have been written.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(NumPyError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        // A device may take nothing and set no error; that must not loop.
        let cause = count == 0 ? "a write that took nothing" : systemText(errno)
        throw failure(at: offset + done, expected: "to write \(rest.count) bytes", found: cause)
      }
    }
  }

  /// Cuts the file to a size.
  func truncate(to size: Int) throws(NumPyError) {
    while ftruncate(descriptor, off_t(size)) != 0 {
      let code = errno
      guard code == EINTR else {
        throw failure(at: size, expected: "to cut the file here", found: systemText(code))
      }
    }
  }

  /// Waits until the bytes are on the disk.
  func sync() throws(NumPyError) {
    while fsync(descriptor) != 0 {
      let code = errno
      guard code == EINTR else {
        throw failure(at: nil, expected: "to sync the file to disk", found: systemText(code))
      }
    }
  }

  /// Closes the file. The descriptor is gone even when the system reports an error.
  func close() throws(NumPyError) {
    let closing = descriptor
    descriptor = -1
    guard Glibc.close(closing) != 0 else { return }
    let code = errno
    // Linux has released the descriptor by then; closing again could hit another file.
    guard code == EINTR else {
      throw failure(at: nil, expected: "to close the file", found: systemText(code))
    }
  }

  private func failure(at position: Int?, expected: String, found: String) -> NumPyError {
    NumPyError(reason: .unwritable, file: path, position: position, expected: expected, found: found)
  }
}
