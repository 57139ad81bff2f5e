/// What reading a recording to its end tells about it.
public struct RecordingFacts: Sendable {
  /// Axes, interval and device, as they are known at the end.
  public var header: RecordingHeader
  /// Format of the file: `json`, `cbor`, `wav`, `flac`, `csv`, `npy`, `png` or `jpeg`.
  public var format: String
  /// Rows, all of which have been read and checked.
  public var rows: Int
  /// What is odd about the file without making it unusable.
  public var remarks: [String]
  /// Hash of the file's bytes; see ``RecordingReader/fingerprint``.
  public var fingerprint: String
}

extension DatasetEntry {
  /// Reads the recording to its end and keeps none of its rows.
  ///
  /// - Throws: `DatasetError`, also where the label of a row beyond the end is stated.
  /// - Complexity: O(bytes), in memory that does not grow with them.
  public func examine() throws(DatasetError) -> RecordingFacts {
    let reader = try open()
    let width = reader.header.sensors.count
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
    defer { block.deallocate() }
    var rows = 0
    while case let count = try reader.readRows(into: block), count > 0 { rows += count }
    if case .multi(let spans) = label, let last = spans.last?.end, last >= rows {
      throw DatasetError(
        file: path, position: .row(rows), expected: "\(last + 1) rows, as its labels say", found: "\(rows) rows")
    }
    return RecordingFacts(
      header: reader.header, format: Self.format(of: reader, filePath), rows: rows, remarks: reader.remarks,
      fingerprint: reader.fingerprint ?? "")
  }

  private static func format(of reader: any RecordingReader, _ path: String) -> String {
    switch (reader as? LabeledReader)?.reader ?? reader {
    case is AcquisitionReader<JSONTokenizer>: "json"
    case is AcquisitionReader<CBORTokenizer>: "cbor"
    case is AudioReader: (reader as? AudioReader)?.isFLAC == true ? "flac" : "wav"
    case is NumPyRecordingReader: "npy"
    case is TableReader: "csv"
    case is ImageReader<PNGPicture>: "png"
    case is ImageReader<JPEGPicture>: "jpeg"
    default: RecordingName.fileExtension(fileName: RecordingName.fileName(path: path))
    }
  }
}
