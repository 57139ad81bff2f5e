/// The head of a recording while its keys arrive, in whatever order.
struct AcquisitionHead {
  /// More axes than any instrument has; bounds what a hostile file can make a row cost.
  static let sensorLimit = 65_536

  /// The interval of a single row in milliseconds where the file says 0: what Studio's uploader writes for tables.
  static let singleRowInterval = 1000.0

  private(set) var sensors: [Sensor]?
  /// 0 for a single row that has no rate.
  private(set) var intervalMs: Double?
  var deviceName: String?
  var deviceType: String?

  /// Rows of Studio's copy that its crop leaves, by the keys of its API. Nil where the payload has none.
  var crop: (start: Double?, end: Double?)?

  /// The interval is 0: there is one row at most.
  var isSingleRow: Bool { intervalMs == 0 }

  /// The rows can be read.
  var isComplete: Bool { sensors != nil && intervalMs != nil }

  mutating func setInterval(_ value: Double, text: String, at offset: Int, file: String) throws(DatasetError) {
    guard value == 0 || (value > 0 && value.isFinite && (1000 / value).isFinite) else {
      throw DatasetError(
        file: file, position: .byte(offset), expected: "an interval_ms above 0, or 0 for a single row", found: text)
    }
    intervalMs = abs(value)
  }

  mutating func setSensors(_ list: [Sensor], at offset: Int, file: String) throws(DatasetError) {
    if list.isEmpty {
      throw DatasetError(
        file: file, position: .byte(offset), expected: "at least one sensor", found: "an empty list")
    }
    var names = Set<ByteKey>()
    for sensor in list where !names.insert(ByteKey(sensor.name)).inserted {
      throw DatasetError(
        file: file, position: .byte(offset), expected: "sensors with different names",
        found: "\(DatasetError.quoted(sensor.name)) twice")
    }
    sensors = list
  }

  /// The finished header. `offset` is where the payload ends, or where its rows begin.
  func header(at offset: Int, file: String) throws(DatasetError) -> RecordingHeader {
    guard let sensors else { throw missing("sensors", at: offset, file: file) }
    guard let intervalMs else { throw missing("interval_ms", at: offset, file: file) }
    return RecordingHeader(
      sensors: sensors, intervalMs: isSingleRow ? AcquisitionHead.singleRowInterval : intervalMs,
      deviceName: deviceName, deviceType: deviceType)
  }

  func missing(_ key: String, at offset: Int, file: String) -> DatasetError {
    DatasetError(
      file: file, position: .byte(offset), expected: "the key \"\(key)\" in the payload",
      found: "the payload without it", kind: .missing)
  }
}
