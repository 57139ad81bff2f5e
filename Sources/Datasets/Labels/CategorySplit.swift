import Crypto
import Glibc

/// How recordings are dealt out to training and testing when nobody has said where they belong.
public enum CategorySplit: String, Sendable, Equatable, CaseIterable {
  /// The rule of Studio's command-line uploader up to 2024, about 80 % training: the first digit of the file's MD5 that
  /// is not `f` decides, `0` to `b` for training, `c` to `e` for testing. Studio itself deals by another rule since
  /// then, which is not public.
  case md5

  /// The category of a file.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - displayName: how errors name it. Default: the path.
  /// - Throws: `DatasetError` when the file cannot be read.
  /// - Complexity: O(bytes), in memory that does not depend on the file.
  public func category(ofFile path: String, displayName: String? = nil) throws(DatasetError) -> Category {
    let name = displayName ?? path
    if path.utf8.contains(0) {
      throw DatasetError(file: name, expected: "a path without NUL", found: DatasetError.quoted(path), kind: .missing)
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw SystemError.reading(name, code: errno) }
    defer { close(descriptor) }
    var hasher = Insecure.MD5()
    var chunk = [UInt8](repeating: 0, count: ByteSource.defaultChunk)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw SystemError.reading(name, code: errno) }
      if count == 0 { break }
      chunk.withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }
    return Self.category(digest: hasher.finalize())
  }

  /// The category that a digest gives; training for one of `f` alone.
  static func category(digest: some Sequence<UInt8>) -> Category {
    for byte in digest {
      for digit in [byte >> 4, byte & 15] where digit != 15 { return digit < 12 ? .training : .testing }
    }
    return .training
  }
}
