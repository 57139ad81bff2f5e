extension Studio {
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
}
