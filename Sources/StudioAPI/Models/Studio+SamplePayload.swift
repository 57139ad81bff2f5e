extension Studio {
  /// A recording with its values.
  public struct RawSampleData: StudioModel {
    /// The recording.
    public var sample: Sample
    /// The values.
    public var payload: RawSamplePayload
    /// Number of rows before any limit.
    public var totalPayloadLength: Int

    /// Creates the value from its fields.
    public init(
      sample: Sample, payload: RawSamplePayload, totalPayloadLength: Int
    ) {
      self.sample = sample
      self.payload = payload
      self.totalPayloadLength = totalPayloadLength
    }
  }

  /// A column of a recording.
  public struct Sensor: StudioModel {
    /// Position, counted from 0.
    public var index: Int
    /// Its name.
    public var name: String
    /// Unit, such as `m/s2`.
    public var units: String

    /// Creates the value from its fields.
    public init(index: Int, name: String, units: String) {
      self.index = index
      self.name = name
      self.units = units
    }
  }

  /// Size of a picture, in pixels.
  public struct SampleDatastreamImageDimensions: StudioModel {
    /// Width, in columns or pixels.
    public var width: Int
    /// Height, in rows or pixels.
    public var height: Int

    /// Creates the value from its fields.
    public init(
      width: Int, height: Int
    ) {
      self.width = width
      self.height = height
    }
  }

  /// A data stream of a recording.
  public struct SampleDatastream: StudioModel {
    /// Position, counted from 0.
    public var index: Int
    /// Chart type. One of `chart`, `image`, `video`, `table`.
    public var chartType: String
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Rate, in hertz.
    public var frequencyHz: Double
    /// One per column.
    public var sensors: [Sensor]
    /// Number of rows.
    public var valuesCount: Int
    /// Image dimensions.
    public var imageDimensions: SampleDatastreamImageDimensions?
    /// Duration, in milliseconds.
    public var totalLengthMs: Double

    /// Creates the value from its fields.
    public init(
      index: Int, chartType: String, intervalMs: Double, frequencyHz: Double, sensors: [Sensor], valuesCount: Int,
      imageDimensions: SampleDatastreamImageDimensions? = nil, totalLengthMs: Double
    ) {
      self.index = index
      self.chartType = chartType
      self.intervalMs = intervalMs
      self.frequencyHz = frequencyHz
      self.sensors = sensors
      self.valuesCount = valuesCount
      self.imageDimensions = imageDimensions
      self.totalLengthMs = totalLengthMs
    }
  }

  /// The values of a recording: one row per time step, one column per sensor.
  public struct RawSamplePayload: StudioModel {
    /// Unique name of the device.
    public var deviceName: String?
    /// Type of the device.
    public var deviceType: String
    /// One per column.
    public var sensors: [Sensor]
    /// One row per time step, one column per sensor.
    public var values: [[Double]]
    /// First row of the crop; absent where not cropped.
    public var cropStart: Int?
    /// Row after the crop; absent where not cropped.
    public var cropEnd: Int?
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Rate, in hertz.
    public var frequencyHz: Double

    private enum CodingKeys: String, CodingKey {
      case sensors, values, cropStart, cropEnd, intervalMs, frequencyHz
      case deviceName = "device_name"
      case deviceType = "device_type"
    }

    /// Creates the value from its fields.
    public init(
      deviceName: String? = nil, deviceType: String, sensors: [Sensor], values: [[Double]],
      cropStart: Int? =
        nil, cropEnd: Int? = nil, intervalMs: Double, frequencyHz: Double
    ) {
      self.deviceName = deviceName
      self.deviceType = deviceType
      self.sensors = sensors
      self.values = values
      self.cropStart = cropStart
      self.cropEnd = cropEnd
      self.intervalMs = intervalMs
      self.frequencyHz = frequencyHz
    }
  }

  /// Answer: get sample DSP.
  public struct GetSampleDSPResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The recording.
    public var sample: Sample
    /// The values.
    public var payload: RawSamplePayload
    /// Number of rows before any limit.
    public var totalPayloadLength: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, sample: Sample, payload: RawSamplePayload, totalPayloadLength: Int
    ) {
      self.success = success
      self.error = error
      self.sample = sample
      self.payload = payload
      self.totalPayloadLength = totalPayloadLength
    }
  }

  /// The values of one data stream.
  public struct DatastreamPayload: StudioModel {
    /// Position, counted from 0.
    public var index: Int
    /// The values.
    public var payload: RawSamplePayload
    /// Number of rows before any limit.
    public var totalPayloadLength: Int

    /// Creates the value from its fields.
    public init(
      index: Int, payload: RawSamplePayload, totalPayloadLength: Int
    ) {
      self.index = index
      self.payload = payload
      self.totalPayloadLength = totalPayloadLength
    }
  }

  /// Answer: get sample.
  public struct GetSampleResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The recording.
    public var sample: Sample
    /// The values.
    public var payload: RawSamplePayload
    /// Number of rows before any limit.
    public var totalPayloadLength: Int
    /// Values, one entry per stream.
    public var datastreamPayloads: [DatastreamPayload]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, sample: Sample, payload: RawSamplePayload, totalPayloadLength: Int,
      datastreamPayloads: [DatastreamPayload]
    ) {
      self.success = success
      self.error = error
      self.sample = sample
      self.payload = payload
      self.totalPayloadLength = totalPayloadLength
      self.datastreamPayloads = datastreamPayloads
    }
  }

  /// Answer: list samples.
  public struct ListSamplesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The recordings.
    public var samples: [Sample]
    /// Number of entries before any limit.
    public var totalCount: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, samples: [Sample], totalCount: Int
    ) {
      self.success = success
      self.error = error
      self.samples = samples
      self.totalCount = totalCount
    }
  }

  /// Answer: count samples.
  public struct CountSamplesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// How many there are.
    public var count: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, count: Int
    ) {
      self.success = success
      self.error = error
      self.count = count
    }
  }
}
