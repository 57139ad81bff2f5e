extension Studio {
  /// What the generated features of a block look like and were made from.
  public struct DSPMetadataResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// When it was created.
    public var created: Timestamp
    /// Whether features have been generated.
    public var generated: Bool
    /// Parameters in force when the features were made.
    public var dspConfig: [String: String]
    /// Class names; the position plus one is the class number in column 0 of the labels array.
    public var labels: [String]
    /// One name per column of the features array.
    public var featureLabels: [String]?
    /// Number of windows: rows of the features array.
    public var windowCount: Int
    /// Features per window: columns of the features array.
    public var featureCount: Int
    /// In the row order of the features array; each owns its number of consecutive rows. Empty where left out on
    /// request.
    public var includedSamples: [DSPMetadataIncludedSamples]
    /// Length of a window, in milliseconds.
    public var windowSizeMs: Int
    /// Stride between windows, in milliseconds.
    public var windowIncreaseMs: Int
    /// Whether short recordings are padded with zeros to one window.
    public var padZeros: Bool
    /// Rate, in hertz.
    public var frequency: Double
    /// Layout of one window's features.
    public var outputConfig: DSPMetadataOutputConfig
    /// FFT lengths that the blocks use.
    public var fftUsed: [Int]?
    /// Version of the resampling in force.
    public var resamplingAlgorithmVersion: Double?
    /// Id of the feature explorer job.
    public var featureExplorerJobId: Int?
    /// Whether the last feature explorer job failed.
    public var featureExplorerJobFailed: Bool?
    /// Id of the feature importance job.
    public var featureImportanceJobId: Int?
    /// Whether the last feature importance job failed.
    public var featureImportanceJobFailed: Bool?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, created: Timestamp, generated: Bool, dspConfig: [String: String],
      labels: [String], featureLabels: [String]? = nil, windowCount: Int, featureCount: Int,
      includedSamples: [DSPMetadataIncludedSamples], windowSizeMs: Int, windowIncreaseMs: Int, padZeros: Bool,
      frequency: Double, outputConfig: DSPMetadataOutputConfig, fftUsed: [Int]? = nil,
      resamplingAlgorithmVersion: Double? = nil, featureExplorerJobId: Int? = nil,
      featureExplorerJobFailed: Bool? = nil, featureImportanceJobId: Int? = nil, featureImportanceJobFailed: Bool? = nil
    ) {
      self.success = success
      self.error = error
      self.created = created
      self.generated = generated
      self.dspConfig = dspConfig
      self.labels = labels
      self.featureLabels = featureLabels
      self.windowCount = windowCount
      self.featureCount = featureCount
      self.includedSamples = includedSamples
      self.windowSizeMs = windowSizeMs
      self.windowIncreaseMs = windowIncreaseMs
      self.padZeros = padZeros
      self.frequency = frequency
      self.outputConfig = outputConfig
      self.fftUsed = fftUsed
      self.resamplingAlgorithmVersion = resamplingAlgorithmVersion
      self.featureExplorerJobId = featureExplorerJobId
      self.featureExplorerJobFailed = featureExplorerJobFailed
      self.featureImportanceJobId = featureImportanceJobId
      self.featureImportanceJobFailed = featureImportanceJobFailed
    }
  }

  /// A recording's share of the rows of a feature set.
  public struct DSPMetadataIncludedSamples: StudioModel {
    /// The recording's id.
    public var id: Int
    /// Consecutive rows that belong to the recording.
    public var windowCount: Int

    /// Creates the value from its fields.
    public init(
      id: Int, windowCount: Int
    ) {
      self.id = id
      self.windowCount = windowCount
    }
  }

  /// Layout of one window's features.
  public struct DSPMetadataOutputConfig: StudioModel {
    /// Its kind. One of `image`, `spectrogram`, `flat`.
    public var type: String
    /// Shape of one window's features.
    public var shape: DSPMetadataOutputConfigShape

    /// Creates the value from its fields.
    public init(
      type: String, shape: DSPMetadataOutputConfigShape
    ) {
      self.type = type
      self.shape = shape
    }
  }

  /// Shape of one window's features. Flat: width only; spectrogram: width and height; image: width, height and
  /// channels.
  public struct DSPMetadataOutputConfigShape: StudioModel {
    /// Width, in columns or pixels.
    public var width: Int
    /// Height, in rows or pixels.
    public var height: Int?
    /// Channels.
    public var channels: Int?
    /// Frames.
    public var frames: Int?

    /// Creates the value from its fields.
    public init(
      width: Int, height: Int? = nil, channels: Int? = nil, frames: Int? = nil
    ) {
      self.width = width
      self.height = height
      self.channels = channels
      self.frames = frames
    }
  }
}
