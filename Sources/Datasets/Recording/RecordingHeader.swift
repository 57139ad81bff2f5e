/// One axis of a recording: a column of its rows.
public struct Sensor: Sendable, Equatable, Hashable {
  /// The axis name, such as `accX`; not empty, unique within a recording.
  public var name: String
  /// The unit as the recording states it, such as `m/s2` or `N/A`; may be empty.
  public var units: String

  /// Creates an axis.
  public init(name: String, units: String) {
    self.name = name
    self.units = units
  }
}

/// What a recording says about itself before its rows.
public struct RecordingHeader: Sendable, Equatable {
  /// The axes, in the order of the columns; at least one.
  public var sensors: [Sensor]
  /// Time between two rows in milliseconds; finite and above zero. Pictures have no time axis, and 1 here.
  public var intervalMs: Double
  /// The device that recorded, if it is named.
  public var deviceName: String?
  /// The kind of device that recorded, if it is named.
  public var deviceType: String?
  /// Width and height of a picture, whose pixels are the rows; nil for everything else.
  public var imageSize: PixelSize?

  /// Creates a header.
  public init(
    sensors: [Sensor], intervalMs: Double, deviceName: String? = nil, deviceType: String? = nil
  ) {
    self.sensors = sensors
    self.intervalMs = intervalMs
    self.deviceName = deviceName
    self.deviceType = deviceType
  }

  /// Rows a second, in Hz: 1000 / `intervalMs`.
  ///
  /// A rate within 0.01 Hz of a whole number becomes that number, as in Studio: an interval of
  /// 5.0349 ms stays 198.61 Hz, one of 9.9999 ms becomes 100 Hz.
  public var frequencyHz: Double {
    let rate = 1000 / intervalMs
    let whole = rate.rounded()
    return abs(rate - whole) < 0.01 && whole > 0 ? whole : rate
  }
}
