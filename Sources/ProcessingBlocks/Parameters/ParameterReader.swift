/// Decodes a parameter map against a block's schema and collects everything that is wrong with it.
///
/// Keys may be spelt with `-` or `_`. Missing parameters take their default. Unknown ones are errors that name the
/// nearest valid key. `validate` checks each value by itself; what values ask of each other and of the window is left
/// to the block's planner, which then reads valid values only.
struct ParameterReader {
  private let schema: [String: Parameter]
  private var values: [String: ParameterValue] = [:]
  /// Keys whose values the version does not use: they count as not given.
  private var unused: Set<String> = []
  private(set) var issues: [ConfigurationIssue] = []
  /// What is valid and still does harm.
  private(set) var warnings: [ConfigurationIssue] = []

  init(_ parameters: [String: ParameterValue], groups: [ParameterGroup]) {
    let all = groups.flatMap(\.parameters)
    schema = Dictionary(uniqueKeysWithValues: all.map { (Self.canonical($0.key), $0) })
    for (key, value) in parameters.sorted(by: { $0.key < $1.key }) {
      let canonical = Self.canonical(key)
      if schema[canonical] == nil {
        issues.append(
          ConfigurationIssue(
            key, value: value.studioText, rule: "no such parameter in this block",
            suggestion: nearest(to: key, in: all.map(\.key)).map { "did you mean \($0)?" }))
      } else if values[canonical] != nil {
        issues.append(
          ConfigurationIssue(
            key, value: value.studioText, rule: "given twice, with - and with _",
            suggestion: "keep one of them"))
      } else {
        values[canonical] = value
      }
    }
  }

  private static func canonical(_ key: String) -> String {
    String(key.map { $0 == "_" ? "-" : $0 })
  }

  // MARK: Validation

  /// Checks every parameter that an implementation version uses, and warns of given ones that it does not use.
  ///
  /// A parameter whose condition does not hold must have a value of its kind, in whatever range.
  ///
  /// - Throws: all values that are wrong.
  mutating func validate(version: Int) throws(ConfigurationError) {
    let before = issues.count
    unused = Set(schema.filter { !$0.value.isUsed(byVersion: version) }.keys)
    for (canonical, parameter) in schema.sorted(by: { $0.key < $1.key }) {
      if unused.contains(canonical) {
        warnIfGiven(
          parameter, rule: "is not used by version \(version)",
          suggestion: "leave it out, or use version \(parameter.versions?.upperBound ?? version)")
        continue
      }
      let value = parameterValue(parameter.key)
      if holds(parameter.condition) {
        check(parameter.key)
      } else if parameter.canonical(value) == nil {
        check(parameter.key)
      } else if let condition = parameter.condition {
        warnIfGiven(
          parameter, rule: "is not used while \(condition.parameter) is \(text(condition.parameter))",
          suggestion: "leave it out, or set \(condition.parameter) to \(words(condition))")
      }
    }
    if issues.count > before { throw ConfigurationError(issues) }
  }

  /// Checks a parameter's value against its kind, range and rule, whether or not its condition holds.
  mutating func check(_ key: String) {
    guard let problem = schema[Self.canonical(key)]?.problem(parameterValue(key)) else { return }
    reject(key, rule: problem.rule, suggestion: problem.suggestion)
  }

  private func holds(_ condition: Parameter.Condition?) -> Bool {
    guard let condition else { return true }
    return (text(condition.parameter) == condition.value) == condition.equals
  }

  /// The words under which a condition holds.
  private func words(_ condition: Parameter.Condition) -> String {
    guard case .choice(let choices, _)? = schema[Self.canonical(condition.parameter)]?.kind, !condition.equals else {
      return condition.value
    }
    return choices.map(\.value).filter { $0 != condition.value }.joined(separator: " or ")
  }

  /// Studio sends all parameters, most with their defaults: only others are worth a word.
  private mutating func warnIfGiven(_ parameter: Parameter, rule: String, suggestion: String) {
    let given = given(parameter.key)
    if given == .null || parameter.canonical(given) == parameter.canonical(parameter.defaultValue) { return }
    warn(parameter.key, value: given.studioText, rule: rule, suggestion: suggestion)
  }

  /// Adds an error about a parameter, unless there is one: what else is wrong with its value follows from that, or
  /// shows when it is mended.
  mutating func reject(_ key: String, rule: String, suggestion: String? = nil) {
    if issues.contains(where: { $0.parameter == key }) { return }
    issues.append(ConfigurationIssue(key, value: given(key).studioText, rule: rule, suggestion: suggestion))
  }

  mutating func reject(_ issue: ConfigurationIssue) { issues.append(issue) }

  /// Adds a warning. The value is that of the parameter, unless something else is at fault.
  mutating func warn(_ key: String, value: String? = nil, rule: String, suggestion: String) {
    warnings.append(
      ConfigurationIssue(
        key, value: value ?? given(key).studioText, rule: rule, suggestion: suggestion, severity: .warning))
  }

  /// Throws what was collected, if anything.
  func finish() throws(ConfigurationError) {
    if !issues.isEmpty { throw ConfigurationError(issues) }
  }

  // MARK: Values

  /// The value as it was given, used or not, or the default; null and empty text count as not given.
  func given(_ key: String) -> ParameterValue {
    let given = values[Self.canonical(key)] ?? .null
    return given == .null || given == .text("") ? defaultValue(key) : given
  }

  /// The value in force: as given, unless the version does not use it; else the default.
  func parameterValue(_ key: String) -> ParameterValue {
    unused.contains(Self.canonical(key)) ? defaultValue(key) : given(key)
  }

  /// The value as Studio keeps it: in one spelling, where it is one of the parameter's kind.
  func studioText(_ key: String) -> String {
    let value = given(key)
    return (schema[Self.canonical(key)]?.canonical(value) ?? value).studioText
  }

  /// The default, which the schema has.
  func defaultValue(_ key: String) -> ParameterValue { schema[Self.canonical(key)]?.defaultValue ?? .null }

  /// The value in force in one spelling; the default in place of one that is not valid.
  private func valid(_ key: String) -> ParameterValue {
    guard let parameter = schema[Self.canonical(key)] else { return .null }
    let value = parameterValue(key)
    let isValid = parameter.problem(value) == nil
    return parameter.canonical(isValid ? value : parameter.defaultValue) ?? .null
  }

  func integer(_ key: String) -> Int { valid(key).wholeNumber ?? 0 }
  func number(_ key: String) -> Double { valid(key).finiteNumber ?? 0 }
  func boolean(_ key: String) -> Bool { valid(key).truth ?? false }
  /// A text, or the schema's word of a choice.
  func text(_ key: String) -> String { valid(key).studioText }
}

extension Int {
  func clamped(to range: ClosedRange<Int>) -> Int { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
