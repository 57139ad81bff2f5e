import OutputFiles

extension RecordingReader {
  /// Writes what is left of the recording to a file.
  ///
  /// The file appears when it is complete; one that was there is replaced then. Rows are the same when they are read
  /// back: a format that cannot hold one is refused, and nothing is written. So are pictures, which none of the formats
  /// holds.
  ///
  /// - Parameters:
  ///   - path: where the file will be.
  ///   - name: how refusals name the recording. Default: by `path`.
  ///   - label: what the recording shows, for formats that hold it.
  /// - Returns: the number of rows.
  /// - Throws: `DatasetError` about the recording, or, with kind `unsupported`, about what the format cannot hold;
  ///   `OutputError`; with the kind `unsynced` the file is in place and complete.
  /// - Complexity: O(rows), in memory that does not grow with them.
  @discardableResult
  public func write(
    _ format: WritableFormat, to path: String, name: String? = nil, label: RecordingLabel = .unlabeled
  ) throws -> Int {
    try write(format, to: path, name: name, label: label, sync: SyncedFile.sync)
  }

  /// - Parameter sync: how folders are brought to the disk.
  @discardableResult
  func write(
    _ format: WritableFormat, to path: String, name: String?, label: RecordingLabel, sync: @escaping SyncedFile.Step
  ) throws -> Int {
    if header.imageSize != nil {
      throw DatasetError(
        file: name ?? path, expected: "rows in time; a picture stays what it is: copy the file", found: "a picture",
        kind: .unsupported)
    }
    var rowCount = 0
    var doubt: OutputError?
    try ReplacedFile(path: path, sync: sync).write { temporary in
      let encoder = try RecordingTarget(
        temporary: temporary, shown: path, name: name ?? path, header: header, label: label,
        sync: sync
      ).makeEncoder(format)
      let width = header.sensors.count
      let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
      defer { block.deallocate() }
      while case let count = try readRows(into: block), count > 0 {
        try encoder.append(UnsafeBufferPointer(rebasing: block[..<(count * width)]))
        rowCount += count
      }
      do {
        try encoder.finish(header)
      } catch let error as OutputError where error.kind == .unsynced {
        // An array's description is in place: without its array it would be left alone.
        doubt = error
      }
    }
    if let doubt { throw doubt }
    return rowCount
  }
}

extension WritableFormat {
  /// What a recording says that the format has no place for: it does not change a row.
  ///
  /// - Parameter label: what would be lost, where no label file keeps it.
  func leavesOut(_ header: RecordingHeader, label: RecordingLabel) -> [String] {
    var parts: [String] = []
    let units = header.sensors.map(\.units).filter { !$0.isEmpty && $0 != "N/A" }
    switch self {
    case .npy: return []
    case .json, .cbor: break
    case .csv:
      if !units.isEmpty { parts.append("units") }
    case .wav:
      // What WAV reads back as.
      if units.contains(where: { $0 != "wav" }) { parts.append("units") }
      if header.sensors.first?.name != "audio" { parts.append("axis names other than \"audio\"") }
    }
    if self == .csv || self == .wav, header.deviceName != nil || header.deviceType != nil { parts.append("devices") }
    if label != .unlabeled { parts.append("labels") }
    return parts
  }
}
