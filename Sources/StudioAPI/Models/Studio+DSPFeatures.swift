extension Studio {
  /// Answer: DSP sample features.
  public struct DSPSampleFeaturesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of windows.
    public var totalSampleCount: Int
    /// One entry per window.
    public var data: [DSPSampleFeaturesResponseData]
    /// Features to leave out of graphs, counted from the first.
    public var skipFirstFeatures: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, totalSampleCount: Int, data: [DSPSampleFeaturesResponseData],
      skipFirstFeatures: Int
    ) {
      self.success = success
      self.error = error
      self.totalSampleCount = totalSampleCount
      self.data = data
      self.skipFirstFeatures = skipFirstFeatures
    }
  }

  /// The features of one window.
  public struct DSPSampleFeaturesResponseData: StudioModel {
    /// All features of one window, in feature order.
    public var x: [Double]
    /// Class number.
    public var y: Int
    /// Class name.
    public var yLabel: String
    /// The recording.
    public var sample: DSPSampleFeaturesResponseSample?

    private enum CodingKeys: String, CodingKey {
      case y, yLabel, sample
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      x: [Double], y: Int, yLabel: String, sample: DSPSampleFeaturesResponseSample? = nil
    ) {
      self.x = x
      self.y = y
      self.yLabel = yLabel
      self.sample = sample
    }
  }

  /// Where a window lies.
  public struct DSPSampleFeaturesResponseSample: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Start of the window in its recording, in milliseconds.
    public var startMs: Double
    /// End of the window in its recording, in milliseconds.
    public var endMs: Double

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, startMs: Double, endMs: Double
    ) {
      self.id = id
      self.name = name
      self.startMs = startMs
      self.endMs = endMs
    }
  }

  /// Answer: DSP trained features.
  public struct DSPTrainedFeaturesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Number of windows.
    public var totalSampleCount: Int
    /// One entry per window.
    public var data: [DSPTrainedFeaturesResponseData]
    /// Features to leave out of graphs, counted from the first.
    public var skipFirstFeatures: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, totalSampleCount: Int, data: [DSPTrainedFeaturesResponseData],
      skipFirstFeatures: Int
    ) {
      self.success = success
      self.error = error
      self.totalSampleCount = totalSampleCount
      self.data = data
      self.skipFirstFeatures = skipFirstFeatures
    }
  }

  /// Three features of one window.
  public struct DSPTrainedFeaturesResponseData: StudioModel {
    /// The three features that were asked for; the key is the feature's index as text.
    public var x: [String: Double]
    /// Class number.
    public var y: Int
    /// Class name.
    public var yLabel: String
    /// Class names by label key.
    public var structuredYLabel: [String: String]?
    /// The recording.
    public var sample: DSPTrainedFeaturesResponseSample?

    private enum CodingKeys: String, CodingKey {
      case y, yLabel, structuredYLabel, sample
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      x: [String: Double], y: Int, yLabel: String, structuredYLabel: [String: String]? = nil,
      sample: DSPTrainedFeaturesResponseSample? = nil
    ) {
      self.x = x
      self.y = y
      self.yLabel = yLabel
      self.structuredYLabel = structuredYLabel
      self.sample = sample
    }
  }

  /// Where a window lies; its id is a number with a fraction in Studio's description.
  public struct DSPTrainedFeaturesResponseSample: StudioModel {
    /// Its id.
    public var id: Double
    /// Its name.
    public var name: String
    /// Start of the window in its recording, in milliseconds.
    public var startMs: Double
    /// End of the window in its recording, in milliseconds.
    public var endMs: Double

    /// Creates the value from its fields.
    public init(
      id: Double, name: String, startMs: Double, endMs: Double
    ) {
      self.id = id
      self.name = name
      self.startMs = startMs
      self.endMs = endMs
    }
  }

  /// Answer: DSP feature importance.
  public struct DSPFeatureImportanceResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Whether importance has been calculated.
    public var hasFeatureImportance: Bool
    /// Importance by label; empty where not calculated.
    public var labels: [String: DSPFeatureImportanceResponseLabels]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, hasFeatureImportance: Bool,
      labels: [String: DSPFeatureImportanceResponseLabels]
    ) {
      self.success = success
      self.error = error
      self.hasFeatureImportance = hasFeatureImportance
      self.labels = labels
    }
  }

  /// Importance for one label.
  public struct DSPFeatureImportanceResponseLabels: StudioModel {
    /// Importance of each feature.
    public var features: [DSPFeatureImportanceResponseFeatures]

    /// Creates the value from its fields.
    public init(
      features: [DSPFeatureImportanceResponseFeatures]
    ) {
      self.features = features
    }
  }

  /// Importance of one feature.
  public struct DSPFeatureImportanceResponseFeatures: StudioModel {
    /// Name of the feature.
    public var axis: String
    /// Importance of the feature.
    public var importance: Double

    /// Creates the value from its fields.
    public init(
      axis: String, importance: Double
    ) {
      self.axis = axis
      self.importance = importance
    }
  }

  /// Answer: DSP feature labels.
  public struct DSPFeatureLabelsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// One name per feature, in feature order.
    public var labels: [String]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, labels: [String]
    ) {
      self.success = success
      self.error = error
      self.labels = labels
    }
  }

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
