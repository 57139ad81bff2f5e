extension Studio {
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
}
