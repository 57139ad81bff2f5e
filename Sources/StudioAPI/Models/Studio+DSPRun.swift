extension Studio {
  /// Answer: DSP run.
  public struct DSPRunResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Feature values of the window.
    public var features: [Double]
    /// Graphs; empty unless asked for.
    public var graphs: [DSPRunGraph]
    /// Label names.
    public var labels: [String]?
    /// State of the block after the run.
    public var stateString: String?
    /// Estimated latency and memory.
    public var performance: DSPPerformance?

    private enum CodingKeys: String, CodingKey {
      case success, error, features, graphs, labels, performance
      case stateString = "state_string"
    }

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, features: [Double], graphs: [DSPRunGraph], labels: [String]? = nil,
      stateString: String? = nil, performance: DSPPerformance? = nil
    ) {
      self.success = success
      self.error = error
      self.features = features
      self.graphs = graphs
      self.labels = labels
      self.stateString = stateString
      self.performance = performance
    }
  }

  /// A graph that a block draws beside its features.
  public struct DSPRunGraph: StudioModel {
    /// Its name.
    public var name: String
    /// Picture, in base 64.
    public var image: String?
    /// Type of the picture.
    public var imageMimeType: String?
    /// Values by the name of the curve.
    public var x: [String: [Double]]?
    /// Positions along the horizontal axis.
    public var y: [Double]?
    /// Suggested start of the horizontal axis.
    public var suggestedXMin: Double?
    /// Suggested end of the horizontal axis.
    public var suggestedXMax: Double?
    /// Suggested start of the vertical axis.
    public var suggestedYMin: Double?
    /// Suggested end of the vertical axis.
    public var suggestedYMax: Double?
    /// Its kind.
    public var type: String
    /// Line width.
    public var lineWidth: Double?
    /// Whether the curve is smoothed.
    public var smoothing: Bool?
    /// Axis labels.
    public var axisLabels: DSPRunGraphAxisLabels?
    /// Marked positions by name.
    public var highlights: [String: [Double]]?

    private enum CodingKeys: String, CodingKey {
      case name, image, imageMimeType, y, suggestedXMin, suggestedXMax, suggestedYMin, suggestedYMax, type,
        lineWidth, smoothing, axisLabels, highlights
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      name: String, image: String? = nil, imageMimeType: String? = nil, x: [String: [Double]]? = nil,
      y: [Double]? = nil, suggestedXMin: Double? = nil, suggestedXMax: Double? = nil, suggestedYMin: Double? = nil,
      suggestedYMax: Double? = nil, type: String, lineWidth: Double? = nil, smoothing: Bool? = nil,
      axisLabels: DSPRunGraphAxisLabels? = nil, highlights: [String: [Double]]? = nil
    ) {
      self.name = name
      self.image = image
      self.imageMimeType = imageMimeType
      self.x = x
      self.y = y
      self.suggestedXMin = suggestedXMin
      self.suggestedXMax = suggestedXMax
      self.suggestedYMin = suggestedYMin
      self.suggestedYMax = suggestedYMax
      self.type = type
      self.lineWidth = lineWidth
      self.smoothing = smoothing
      self.axisLabels = axisLabels
      self.highlights = highlights
    }
  }

  /// Texts at the axes of a graph.
  public struct DSPRunGraphAxisLabels: StudioModel {
    /// Text at the horizontal axis.
    public var x: String
    /// Text at the vertical axis.
    public var y: String

    private enum CodingKeys: String, CodingKey {
      case y
      case x = "X"
    }

    /// Creates the value from its fields.
    public init(
      x: String, y: String
    ) {
      self.x = x
      self.y = y
    }
  }

  /// Answer: DSP run with sample.
  public struct DSPRunResponseWithSample: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Feature values of the window.
    public var features: [Double]
    /// Graphs; empty unless asked for.
    public var graphs: [DSPRunGraph]
    /// Label names.
    public var labels: [String]?
    /// State of the block after the run.
    public var stateString: String?
    /// Older name of the window's label.
    public var labelAtEndOfWindow: String?
    /// Label of the window.
    public var labelForWindow: String?
    /// The slice that was processed.
    public var sample: RawSampleData
    /// Estimated latency and memory.
    public var performance: DSPPerformance?
    /// Whether latency and memory can be estimated.
    public var canProfilePerformance: Bool

    private enum CodingKeys: String, CodingKey {
      case success, error, features, graphs, labels, labelAtEndOfWindow, labelForWindow, sample, performance,
        canProfilePerformance
      case stateString = "state_string"
    }

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, features: [Double], graphs: [DSPRunGraph], labels: [String]? = nil,
      stateString: String? = nil, labelAtEndOfWindow: String? = nil, labelForWindow: String? = nil,
      sample: RawSampleData, performance: DSPPerformance? = nil, canProfilePerformance: Bool
    ) {
      self.success = success
      self.error = error
      self.features = features
      self.graphs = graphs
      self.labels = labels
      self.stateString = stateString
      self.labelAtEndOfWindow = labelAtEndOfWindow
      self.labelForWindow = labelForWindow
      self.sample = sample
      self.performance = performance
      self.canProfilePerformance = canProfilePerformance
    }
  }

  /// Runs a block on values that travel with the request.
  public struct DSPRunRequestWithFeatures: StudioModel {
    /// Values, axes interleaved per time step.
    public var features: [Double]
    /// Parameters by key; every value is text.
    public var params: [String: String]
    /// Whether the answer holds graphs.
    public var drawGraphs: Bool
    /// Whether the answer holds latency and memory.
    public var requestPerformance: Bool

    /// Creates the value from its fields.
    public init(features: [Double], params: [String: String], drawGraphs: Bool, requestPerformance: Bool) {
      self.features = features
      self.params = params
      self.drawGraphs = drawGraphs
      self.requestPerformance = requestPerformance
    }
  }

  /// Runs a block on a slice of a recording.
  public struct DSPRunRequestWithoutFeatures: StudioModel {
    /// Parameters by key; every value is text.
    public var params: [String: String]
    /// Whether the parameters become the stored configuration.
    public var store: Bool

    /// Creates the value from its fields.
    public init(params: [String: String], store: Bool) {
      self.params = params
      self.store = store
    }
  }

  /// Parameters for profiling a custom block.
  public struct DSPRunRequestWithoutFeaturesReadOnly: StudioModel {
    /// Parameters by key; every value is text.
    public var params: [String: String]

    /// Creates the value from its fields.
    public init(params: [String: String]) {
      self.params = params
    }
  }
}
