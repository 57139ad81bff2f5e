import Datasets
import Foundation
import NumPyFiles

extension UploadSample {
  /// A recording from numbers.
  ///
  /// - Parameters:
  ///   - values: One row per time step, one value per sensor; all finite.
  ///   - sensors: Names and units of the columns.
  ///   - intervalMs: Time between rows, in milliseconds; written as it is, fractions included.
  /// - Throws: `StudioError` of kind `invalidRequest` for rows of another width, numbers that are not finite, no
  ///   rows, no sensors or an interval that is not positive.
  public init(
    values: [[Double]], sensors: [Datasets.Sensor], intervalMs: Double, deviceType: String = "EDGEDSP",
    deviceName: String? = nil
  ) throws(StudioError) {
    guard !values.isEmpty, !sensors.isEmpty else {
      throw StudioError(.invalidRequest, "expected at least one row and one sensor")
    }
    guard intervalMs > 0, intervalMs.isFinite else {
      throw StudioError(.invalidRequest, "expected a positive interval, found \(intervalMs) ms")
    }
    for (row, cells) in values.enumerated() {
      guard cells.count == sensors.count else {
        throw StudioError(
          .invalidRequest, "row \(row): expected \(sensors.count) values, found \(cells.count)")
      }
      guard cells.allSatisfy(\.isFinite) else {
        throw StudioError(.invalidRequest, "row \(row): expected finite numbers")
      }
    }
    let payload = AcquisitionDocument.Payload(
      deviceType: deviceType, sensors: sensors, intervalMs: intervalMs, deviceName: deviceName)
    self.init(
      .acquisition(try AcquisitionDocument.data(payload, rows: values)), fileName: Self.randomName(".json"))
  }

  /// Recordings from an array of recordings × rows × sensors.
  ///
  /// - Parameters:
  ///   - labels: One per recording.
  ///   - category: Part of the dataset. Default `split`.
  ///   - metadata: For all recordings.
  /// - Throws: `StudioError` of kind `invalidRequest` when counts or shapes do not fit.
  public static func samples(
    arrays: [[[Double]]], labels: [String], sensors: [Datasets.Sensor], intervalMs: Double,
    category: Datasets.Category = .split, metadata: [String: String] = [:]
  ) throws(StudioError) -> [UploadSample] {
    guard arrays.count == labels.count else {
      throw StudioError(
        .invalidRequest, "expected one label per recording, found \(labels.count) for \(arrays.count) recordings")
    }
    var samples: [UploadSample] = []
    for (index, values) in arrays.enumerated() {
      do throws(StudioError) {
        var sample = try UploadSample(values: values, sensors: sensors, intervalMs: intervalMs)
        sample.label = labels[index]
        sample.category = category
        sample.metadata = metadata
        samples.append(sample)
      } catch {
        throw StudioError(error.kind, "recording \(index): \(error.message)")
      }
    }
    return samples
  }

  /// Recordings from a `.npy` array of shape recordings × rows × sensors.
  ///
  /// - Throws: `StudioError`; kind `file` when the array cannot be read.
  public static func samples(
    array path: String, labels: [String], sensors: [Datasets.Sensor], intervalMs: Double,
    category: Datasets.Category = .split, metadata: [String: String] = [:]
  ) throws(StudioError) -> [UploadSample] {
    let array: NumPyArray
    do throws(NumPyError) {
      array = try NumPyArray(contentsOf: path)
    } catch {
      throw StudioError(.file, error.description)
    }
    guard array.shape.count == 3, array.shape[2] == sensors.count, !array.values.isEmpty else {
      throw StudioError(
        .invalidRequest, "\(path): expected the shape (recordings, rows, \(sensors.count)), found \(array.shape)")
    }
    let (rows, columns) = (array.shape[1], array.shape[2])
    let arrays = (0..<array.shape[0]).map { recording in
      (0..<rows).map { row in
        let start = (recording * rows + row) * columns
        return Array(array.values[start..<start + columns])
      }
    }
    return try samples(
      arrays: arrays, labels: labels, sensors: sensors, intervalMs: intervalMs, category: category,
      metadata: metadata)
  }
}

/// The document that acquisitions travel in. Keys are in the usual order, absent fields are null.
enum AcquisitionDocument {
  struct Payload {
    var deviceType: String
    var sensors: [Datasets.Sensor]
    var intervalMs: Double
    var deviceName: String?
  }

  static func data(_ payload: Payload, rows: [[Double]]) throws(StudioError) -> Data {
    var text = #"{"protected":{"ver":"v1","alg":"none","iat":null},"payload":{"device_type":"#
    text += try quoted(payload.deviceType)
    text += #","sensors":["#
    for (index, sensor) in payload.sensors.enumerated() {
      if index > 0 { text += "," }
      text += #"{"name":"# + (try quoted(sensor.name)) + #","units":"# + (try quoted(sensor.units)) + "}"
    }
    text += #"],"values":["#
    for (index, row) in rows.enumerated() {
      if index > 0 { text += "," }
      text += "[" + row.map(NumberText.shortest).joined(separator: ",") + "]"
    }
    text += #"],"interval_ms":"# + NumberText.shortest(payload.intervalMs) + #","device_name":"#
    text += try payload.deviceName.map(quoted) ?? "null"
    text += #"},"signature":null}"#
    return Data(text.utf8)
  }

  private static func quoted(_ text: String) throws(StudioError) -> String {
    do {
      return String(decoding: try StudioJSON.encode(text), as: UTF8.self)
    } catch {
      throw StudioError(.invalidRequest, "a name cannot be written as JSON")
    }
  }
}
