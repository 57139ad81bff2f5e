/// The head of a recording while its keys arrive, in whatever order.
struct AcquisitionHead {
  /// More axes than any instrument has; bounds what a hostile file can make a row cost.
  static let sensorLimit = 65_536

  private(set) var sensors: [Sensor]?
  private(set) var intervalMs: Double?
  var deviceName: String?
  var deviceType: String?

  /// The rows can be read.
  var isComplete: Bool { sensors != nil && intervalMs != nil }

  mutating func setInterval(_ value: Double, text: String, at offset: Int, file: String) throws(DatasetError) {
    guard value.isFinite, value > 0, (1000 / value).isFinite else {
      throw DatasetError(
        file: file, position: .byte(offset), expected: "an interval_ms above 0", found: text,
        kind: value == 0 ? .unsupported : .malformed)
    }
    intervalMs = value
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
      sensors: sensors, intervalMs: intervalMs, deviceName: deviceName, deviceType: deviceType)
  }

  func missing(_ key: String, at offset: Int, file: String) -> DatasetError {
    DatasetError(
      file: file, position: .byte(offset), expected: "the key \"\(key)\" in the payload",
      found: "the payload without it", kind: .missing)
  }
}
