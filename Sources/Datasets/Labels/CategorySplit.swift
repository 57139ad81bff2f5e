import Crypto

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
  /// - Throws: `DatasetError` when the file cannot be read, or is none.
  /// - Complexity: O(bytes), in memory that does not depend on the file.
  public func category(ofFile path: String, displayName: String? = nil) throws(DatasetError) -> Category {
    let source = try ByteSource(path: path, file: displayName ?? path, chunk: 1)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: ByteSource.defaultChunk, alignment: 16)
    defer { chunk.deallocate() }
    var hasher = Insecure.MD5()
    var offset = 0
    while case let count = try source.read(into: chunk, at: offset), count > 0 {
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: chunk[..<count]))
      offset += count
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
