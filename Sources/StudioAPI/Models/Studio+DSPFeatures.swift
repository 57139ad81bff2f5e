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
  }

  /// Importance for one label.
  public struct DSPFeatureImportanceResponseLabels: StudioModel {
    /// Importance of each feature.
    public var features: [DSPFeatureImportanceResponseFeatures]
  }

  /// Importance of one feature.
  public struct DSPFeatureImportanceResponseFeatures: StudioModel {
    /// Name of the feature.
    public var axis: String
    /// Importance of the feature.
    public var importance: Double
  }

  /// Answer: DSP feature labels.
  public struct DSPFeatureLabelsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// One name per feature, in feature order.
    public var labels: [String]
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
  }

  /// A recording's share of the rows of a feature set.
  public struct DSPMetadataIncludedSamples: StudioModel {
    /// The recording's id.
    public var id: Int
    /// Consecutive rows that belong to the recording.
    public var windowCount: Int
  }

  /// Layout of one window's features.
  public struct DSPMetadataOutputConfig: StudioModel {
    /// Its kind. One of `image`, `spectrogram`, `flat`.
    public var type: String
    /// Shape of one window's features.
    public var shape: DSPMetadataOutputConfigShape
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
  }
}
