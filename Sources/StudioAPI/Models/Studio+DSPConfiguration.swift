extension Studio {
  /// Answer: DSP config.
  public struct DSPConfigResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The block.
    public var dsp: DSPInfo
    /// Parameters by group.
    public var config: [DSPGroup]?
    /// Why the parameters could not be read.
    public var configError: String?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, dsp: DSPInfo, config: [DSPGroup]? = nil, configError: String? = nil
    ) {
      self.success = success
      self.error = error
      self.dsp = dsp
      self.config = config
      self.configError = configError
    }
  }

  /// A processing block and the state of its features.
  public struct DSPInfo: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Length of a window, in milliseconds.
    public var windowLength: Int
    /// Its kind.
    public var type: String
    /// Class names.
    public var classes: [String]
    /// Class names by label key.
    public var classesPerKey: [String: [String]]?
    /// State of the features.
    public var features: DSPInfoFeatures
    /// Number of windows that generation would make.
    public var expectedWindowCount: Int
    /// Axes in use, in the column order of the payload.
    public var inputAxes: [String]
    /// Estimated latency and memory.
    public var performance: DSPPerformance?
    /// Whether feature importance can be calculated.
    public var canCalculateFeatureImportance: Bool
    /// Whether to calculate feature importance.
    public var calculateFeatureImportance: Bool
    /// Whether features can be normalised.
    public var canNormalizeData: Bool
    /// Normalisation of the features.
    public var normalizeData: DSPNormalizeData
    /// Whether the block has an autotuner.
    public var hasAutoTune: Bool?
    /// First version of the algorithm with an autotuner.
    public var minimumVersionForAutotune: Double?
    /// Whether there are autotuner results.
    public var hasAutotunerResults: Bool?
    /// Whether windows depend on those before.
    public var usesState: Bool?

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, windowLength: Int, type: String, classes: [String],
      classesPerKey: [String: [String]]? = nil, features: DSPInfoFeatures, expectedWindowCount: Int,
      inputAxes: [String], performance: DSPPerformance? = nil, canCalculateFeatureImportance: Bool,
      calculateFeatureImportance: Bool, canNormalizeData: Bool, normalizeData: DSPNormalizeData,
      hasAutoTune: Bool? = nil, minimumVersionForAutotune: Double? = nil, hasAutotunerResults: Bool? = nil,
      usesState: Bool? = nil
    ) {
      self.id = id
      self.name = name
      self.windowLength = windowLength
      self.type = type
      self.classes = classes
      self.classesPerKey = classesPerKey
      self.features = features
      self.expectedWindowCount = expectedWindowCount
      self.inputAxes = inputAxes
      self.performance = performance
      self.canCalculateFeatureImportance = canCalculateFeatureImportance
      self.calculateFeatureImportance = calculateFeatureImportance
      self.canNormalizeData = canNormalizeData
      self.normalizeData = normalizeData
      self.hasAutoTune = hasAutoTune
      self.minimumVersionForAutotune = minimumVersionForAutotune
      self.hasAutotunerResults = hasAutotunerResults
      self.usesState = usesState
    }
  }

  /// State of a block's features.
  public struct DSPInfoFeatures: StudioModel {
    /// Whether features have been generated.
    public var generated: Bool
    /// How many there are.
    public var count: Int?
    /// Label names.
    public var labels: [String]?
    /// Class names.
    public var classes: [String]?

    /// Creates the value from its fields.
    public init(
      generated: Bool, count: Int? = nil, labels: [String]? = nil, classes: [String]? = nil
    ) {
      self.generated = generated
      self.count = count
      self.labels = labels
      self.classes = classes
    }
  }

  /// Normalisation of features.
  public struct DSPNormalizeData: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `none`.
    public static let none = DSPNormalizeData(rawValue: "none")
    /// `normalize-channel-standard-scaler`.
    public static let normalizeChannelStandardScaler = DSPNormalizeData(rawValue: "normalize-channel-standard-scaler")
  }

  /// Parameters that Studio shows together.
  public struct DSPGroup: StudioModel {
    /// Group.
    public var group: String
    /// Description of list entries, as it came.
    public var items: [DSPGroupItem]

    /// Creates the value from its fields.
    public init(
      group: String, items: [DSPGroupItem]
    ) {
      self.group = group
      self.items = items
    }
  }

  /// A parameter of a processing block.
  public struct DSPGroupItem: StudioModel {
    /// Its name.
    public var name: String
    /// Current value; `defaultValue` holds in its absence.
    public var value: String?
    /// Value of a new block.
    public var defaultValue: String
    /// Its kind.
    public var type: String
    /// Explanation that Studio shows.
    public var help: String?
    /// Key in configurations and in the parameters of a run.
    public var param: String
    /// Values to choose from.
    public var selectOptions: [DSPGroupItemSelectOptions]?
    /// Whether it cannot be changed.
    public var readonly: Bool
    /// Whether Studio shows it.
    public var shouldShow: Bool
    /// Condition on another parameter for showing this one.
    public var showIf: DSPGroupItemShowIf?
    /// Why the current value is invalid.
    public var invalidText: String?
    /// Part of the form. One of `advanced`, `augmentation`, `modelProfiling`.
    public var section: String?
    /// Whether the text may have several lines.
    public var multiline: Bool?
    /// Whether a value must be given.
    public var required: Bool
    /// Short advice.
    public var hint: String?
    /// Text shown in an empty field.
    public var placeholder: String?
    /// Whether Studio asks for a click before showing the field.
    public var showClickToSet: Bool
    /// Rules for valid values, as they came.
    public var valid: [[String: JSONValue]]?
    /// Description of list entries, as it came.
    public var items: [String: JSONValue]?
    /// Description of object fields, as it came.
    public var properties: [String: JSONValue]?
    /// Smallest valid value.
    public var minVal: Double?
    /// Largest valid value.
    public var maxVal: Double?

    /// Creates the value from its fields.
    public init(
      name: String, value: String? = nil, defaultValue: String, type: String, help: String? = nil, param: String,
      selectOptions: [DSPGroupItemSelectOptions]? = nil, readonly: Bool, shouldShow: Bool,
      showIf: DSPGroupItemShowIf? = nil, invalidText: String? = nil, section: String? = nil, multiline: Bool? = nil,
      required: Bool, hint: String? = nil, placeholder: String? = nil, showClickToSet: Bool,
      valid: [[String: JSONValue]]? = nil, items: [String: JSONValue]? = nil, properties: [String: JSONValue]? = nil,
      minVal: Double? = nil, maxVal: Double? = nil
    ) {
      self.name = name
      self.value = value
      self.defaultValue = defaultValue
      self.type = type
      self.help = help
      self.param = param
      self.selectOptions = selectOptions
      self.readonly = readonly
      self.shouldShow = shouldShow
      self.showIf = showIf
      self.invalidText = invalidText
      self.section = section
      self.multiline = multiline
      self.required = required
      self.hint = hint
      self.placeholder = placeholder
      self.showClickToSet = showClickToSet
      self.valid = valid
      self.items = items
      self.properties = properties
      self.minVal = minVal
      self.maxVal = maxVal
    }
  }

  /// A value to choose from.
  public struct DSPGroupItemSelectOptions: StudioModel {
    /// Value, as text.
    public var value: String?
    /// Whether it is selected.
    public var selected: Bool?
    /// Option label.
    public var optionLabel: String?
    /// Order among the choices.
    public var priority: Double?
    /// Estimated read-only memory, in bytes.
    public var romEstimate: Double?
    /// Operators that it needs.
    public var needsOps: [String]?
    /// Features that it needs.
    public var needsFeatures: [String]?

    /// Creates the value from its fields.
    public init(
      value: String? = nil, selected: Bool? = nil, optionLabel: String? = nil, priority: Double? = nil,
      romEstimate: Double? = nil, needsOps: [String]? = nil, needsFeatures: [String]? = nil
    ) {
      self.value = value
      self.selected = selected
      self.optionLabel = optionLabel
      self.priority = priority
      self.romEstimate = romEstimate
      self.needsOps = needsOps
      self.needsFeatures = needsFeatures
    }
  }

  /// A condition on another parameter.
  public struct DSPGroupItemShowIf: StudioModel {
    /// Key of the other parameter.
    public var parameter: String
    /// Comparison. One of `eq`, `neq`.
    public var `operator`: String
    /// Value, as text.
    public var value: String

    /// Creates the value from its fields.
    public init(
      parameter: String, `operator`: String, value: String
    ) {
      self.parameter = parameter
      self.`operator` = `operator`
      self.value = value
    }
  }

  /// Parameters to change; those that are absent keep their value.
  public struct DSPConfigRequest: StudioModel {
    /// Parameters by key; every value is text.
    public var config: [String: String]

    /// Creates the value from its fields.
    public init(config: [String: String]) {
      self.config = config
    }
  }

  /// Answer: DSP autotuner results.
  public struct DSPAutotunerResults: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Suggested values.
    public var results: [DSPAutotunerResultsResults]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, results: [DSPAutotunerResultsResults]
    ) {
      self.success = success
      self.error = error
      self.results = results
    }
  }

  /// A parameter that the autotuner suggests.
  public struct DSPAutotunerResultsResults: StudioModel {
    /// Key.
    public var key: String
    /// Value, as text.
    public var value: String

    /// Creates the value from its fields.
    public init(
      key: String, value: String
    ) {
      self.key = key
      self.value = value
    }
  }
}
