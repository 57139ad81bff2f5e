import Crypto
import Foundation
import NumPyFiles
import OutputFiles
import ProcessingBlocks

/// Writes one block's feature set, window after window, in order.
///
/// A folder with `X.npy` (float32, windows × features), `y.npy` (int32, windows × 4: label number, sample id, start
/// and end in ms), `metadata.json` and `labels.json`; and `X_raw.npy` where raw windows are wanted too.
final class FeatureSetWriter {
  let block: PreparedBlock
  private let folder: OutputFolder
  private let arrays: [NumPyWriter]
  private let y: NumPyWriter
  private var rowsAtRecordingStart = 0

  init(_ block: PreparedBlock, in folder: OutputFolder) throws(OutputError) {
    self.block = block
    self.folder = folder
    let name = block.block.folderName
    arrays = try Self.translate(folder) { () throws(NumPyError) in
      var writers: [NumPyWriter] = []
      for output in block.outputs {
        writers.append(
          try NumPyWriter(
            path: folder.buildPath(name, output.file), element: .float32, columns: output.plan.featureCount))
      }
      return writers
    }
    y = try Self.translate(folder) { () throws(NumPyError) in
      try NumPyWriter(path: folder.buildPath(name, "y.npy"), element: .int32, columns: 4)
    }
  }

  /// Marks where a recording's windows begin, for `rollBack`.
  func beginRecording() { rowsAtRecordingStart = y.rowCount }

  /// Drops the windows of the recording that was begun last.
  func rollBack() throws(OutputError) {
    try Self.translate(folder) { () throws(NumPyError) in
      for array in arrays { try array.truncate(toRows: rowsAtRecordingStart) }
      try y.truncate(toRows: rowsAtRecordingStart)
    }
  }

  /// Appends windows: one buffer for each of the block's outputs, and a row of y for each window.
  func append(_ features: [UnsafeRawBufferPointer], rows: [Int32]) throws(OutputError) {
    try Self.translate(folder) { () throws(NumPyError) in
      for (array, bytes) in zip(arrays, features) { try array.append(bytes) }
      try y.append(rows)
    }
  }

  var windowCount: Int { y.rowCount }

  /// Completes the arrays and writes the JSON files; the set is then ready to be put in place.
  func finish(_ metadata: FeatureSetMetadata) throws(OutputError) {
    try Self.translate(folder) { () throws(NumPyError) in
      for array in arrays { try array.finish() }
      try y.finish()
    }
    let name = block.block.folderName
    let labels = FeatureSetLabels(featureLabels: block.plan.featureLabels, labels: metadata.labels)
    try folder.write(Self.encode(labels), name, "labels.json")
    try folder.write(Self.encode(metadata), name, "metadata.json")
  }

  private static func encode(_ value: some Encodable) throws(OutputError) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(value) + Data("\n".utf8)
    } catch {
      throw OutputError(kind: .writeFailed, path: "metadata", reason: "cannot be encoded: \(error)")
    }
  }

  private static func translate<T>(
    _ folder: OutputFolder, _ body: () throws(NumPyError) -> T
  ) throws(OutputError) -> T {
    do {
      return try body()
    } catch {
      throw OutputError(error, path: folder.finalPath(error.file))
    }
  }
}

/// What `labels.json` holds.
struct FeatureSetLabels: Codable {
  let featureLabels: [String]
  /// Label `i` is number `i + 1` in y.
  let labels: [String]
}
