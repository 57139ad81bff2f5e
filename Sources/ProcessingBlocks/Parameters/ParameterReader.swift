/// Decodes a parameter map against a block's schema and collects everything that is wrong with it.
///
/// Keys may be spelt with `-` or `_`. Missing parameters take their default. Unknown ones are errors that name the
/// nearest valid key.
struct ParameterReader {
  private let schema: [String: Parameter]
  private var values: [String: ParameterValue] = [:]
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

  /// Adds an error about a parameter, unless there is one: what else is wrong with its value follows from that, or
  /// shows when it is mended.
  mutating func reject(_ key: String, rule: String, suggestion: String? = nil) {
    if issues.contains(where: { $0.parameter == key }) { return }
    let value = parameterValue(key)
    issues.append(ConfigurationIssue(key, value: value.studioText, rule: rule, suggestion: suggestion))
  }

  mutating func reject(_ issue: ConfigurationIssue) { issues.append(issue) }

  /// Adds a warning. The value is that of the parameter, unless something else is at fault.
  mutating func warn(_ key: String, value: String? = nil, rule: String, suggestion: String) {
    warnings.append(
      ConfigurationIssue(
        key, value: value ?? parameterValue(key).studioText, rule: rule, suggestion: suggestion, severity: .warning))
  }

  /// The value as it was given, if it was.
  func given(_ key: String) -> ParameterValue? { values[Self.canonical(key)] }

  /// The given value, or the default; null and empty text count as not given.
  func parameterValue(_ key: String) -> ParameterValue {
    let given = values[Self.canonical(key)] ?? .null
    if given == .null || given == .text("") { return schema[Self.canonical(key)]?.defaultValue ?? .null }
    return given
  }

  mutating func integer(_ key: String) -> Int {
    let value = parameterValue(key)
    if let number = value.wholeNumber {
      if case .integer(let range)? = schema[Self.canonical(key)]?.kind, !range.contains(number) {
        reject(key, rule: "must be " + (Parameter.words(range) ?? "a whole number"))
        return number.clamped(to: range)
      }
      return number
    }
    reject(key, rule: "must be a whole number")
    return schema[Self.canonical(key)]?.defaultValue.wholeNumber ?? 0
  }

  mutating func number(_ key: String) -> Double {
    let value = parameterValue(key)
    if let number = value.finiteNumber { return number }
    reject(key, rule: "must be a finite number")
    return schema[Self.canonical(key)]?.defaultValue.finiteNumber ?? 0
  }

  mutating func boolean(_ key: String) -> Bool {
    let value = parameterValue(key)
    if let truth = value.truth { return truth }
    reject(key, rule: "must be true or false")
    return false
  }

  /// The value as text.
  func text(_ key: String) -> String { parameterValue(key).studioText }

  mutating func choice(_ key: String) -> String {
    let text = parameterValue(key).studioText
    guard case .choice(let choices)? = schema[Self.canonical(key)]?.kind else { return text }
    if choices.contains(where: { $0.value == text }) { return text }
    reject(
      key, rule: "must be one of " + choices.map(\.value).joined(separator: ", "),
      suggestion: nearest(to: text, in: choices.map(\.value)).map { "the nearest is \($0)" })
    return choices.first?.value ?? text
  }

  /// Throws what was collected, if anything.
  func finish() throws(ConfigurationError) {
    if !issues.isEmpty { throw ConfigurationError(issues) }
  }
}

extension Int {
  func clamped(to range: ClosedRange<Int>) -> Int { Swift.min(Swift.max(self, range.lowerBound), range.upperBound) }
}
