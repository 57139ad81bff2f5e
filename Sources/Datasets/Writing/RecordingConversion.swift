import OutputFiles

extension RecordingReader {
  /// Writes what is left of the recording to a file.
  ///
  /// The file appears when it is complete; one that was there is replaced then. Rows are the same when they are read
  /// back: a format that cannot hold one is refused, and nothing is written.
  ///
  /// - Parameters:
  ///   - path: where the file will be.
  ///   - label: what the recording shows, for formats that hold it.
  /// - Returns: the number of rows.
  /// - Throws: `DatasetError` about the recording, or, with kind `unsupported`, about what the format cannot hold;
  ///   `OutputError`.
  /// - Complexity: O(rows), in memory that does not grow with them.
  @discardableResult
  public func write(_ format: WritableFormat, to path: String, label: RecordingLabel = .unlabeled) throws -> Int {
    var rowCount = 0
    try ReplacedFile(path: path).write { temporary in
      let encoder = try RecordingTarget(temporary: temporary, shown: path, header: header, label: label)
        .makeEncoder(format)
      let width = header.sensors.count
      let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
      defer { block.deallocate() }
      while case let count = try readRows(into: block), count > 0 {
        try encoder.append(UnsafeBufferPointer(rebasing: block[..<(count * width)]))
        rowCount += count
      }
      try encoder.finish()
    }
    return rowCount
  }
}
