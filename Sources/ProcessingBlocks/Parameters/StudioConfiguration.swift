/// A group of parameters as Studio's configuration answer has it: `DSPGroup`.
public struct StudioParameterGroup: Encodable, Sendable, Equatable {
  /// Heading.
  public let group: String
  /// In Studio's order.
  public let items: [StudioParameter]
}

/// A parameter with its value as Studio's configuration answer has it: `DSPGroupItem`.
public struct StudioParameter: Encodable, Sendable, Equatable {
  /// A word that a select accepts.
  public struct Option: Encodable, Sendable, Equatable {
    /// As configurations hold it.
    public let value: String
    /// Whether it is the value.
    public let selected: Bool
    /// As people see it.
    public let optionLabel: String
  }

  /// Short title.
  public let name: String
  /// As text, whatever the type.
  public let value: String
  /// As text.
  public let defaultValue: String
  /// `int`, `float`, `boolean`, `select` or `string`.
  public let type: String
  /// One or two sentences.
  public let help: String
  /// The key under which the value is stored.
  public let param: String
  /// Of selects only.
  public let selectOptions: [Option]?
  /// Always false: nothing here is computed by others.
  public let readonly: Bool
  /// Whether the version uses the parameter and its condition holds.
  public let shouldShow: Bool
  /// The condition, where there is one.
  public let showIf: ParameterCondition?
  /// Always false: all parameters have a default.
  public let required: Bool
  /// Always false: all values are plain inputs.
  public let showClickToSet: Bool
  /// Bounds of whole numbers that have them.
  public let minVal: Double?
  /// Bounds of whole numbers that have them.
  public let maxVal: Double?
}

/// `Parameter.Condition` in Studio's words.
public struct ParameterCondition: Encodable, Sendable, Equatable {
  /// Key of the other parameter.
  public let parameter: String
  /// `eq` or `neq`.
  public let `operator`: String
  /// As text.
  public let value: String

  init(_ condition: Parameter.Condition) {
    parameter = condition.parameter
    self.operator = condition.equals ? "eq" : "neq"
    value = condition.value
  }
}

extension BlockDescriptor {
  /// Studio's configuration answer: all groups with the values in force.
  ///
  /// Parameters that the version does not use are there too, since stored configurations hold them, but not shown.
  ///
  /// - Parameters:
  ///   - parameters: Studio's string map or native values; what is missing takes the default.
  ///   - version: implementation version.
  public func studioGroups(_ parameters: [String: ParameterValue], version: Int) -> [StudioParameterGroup] {
    let values = studioConfiguration(parameters)
    return groups.map { group in
      StudioParameterGroup(
        group: group.title, items: group.parameters.map { $0.studioItem(values: values, version: version) })
    }
  }
}

extension Parameter {
  /// Studio's word for the kind.
  var studioType: String {
    switch kind {
    case .integer: "int"
    case .number: traits.contains(.wholeNumber) ? "int" : "float"
    case .boolean: "boolean"
    case .choice: "select"
    case .text: "string"
    }
  }

  fileprivate func studioItem(values: [String: String], version: Int) -> StudioParameter {
    let value = values[key] ?? defaultValue.studioText
    var options: [StudioParameter.Option]?
    if case .choice(let choices, _) = kind {
      options = choices.map { .init(value: $0.value, selected: $0.value == value, optionLabel: $0.title) }
    }
    let isShown = shownVersions?.contains(version) ?? isUsed(byVersion: version)
    let holds = condition.map { (values[$0.parameter] == $0.value) == $0.equals } ?? true
    return StudioParameter(
      name: title, value: value, defaultValue: defaultValue.studioText, type: studioType, help: help, param: key,
      selectOptions: options, readonly: false, shouldShow: isShown && holds,
      showIf: condition.map(ParameterCondition.init), required: false, showClickToSet: false,
      minVal: bounds?.lowest, maxVal: bounds?.highest)
  }

  /// Limits that mean something; others are those of the number type.
  private var bounds: (lowest: Double?, highest: Double?)? {
    guard case .integer(let range, _) = kind else { return nil }
    return (
      range.lowerBound == .min ? nil : Double(range.lowerBound),
      range.upperBound == .max ? nil : Double(range.upperBound)
    )
  }
}
