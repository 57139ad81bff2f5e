/// One parameter of a block, as Studio names and presents it.
///
/// This is the one place that describes a parameter: decoding, validation, help output and the configuration
/// answers of the API are derived from it.
public struct Parameter: Sendable {
  /// What values a parameter takes.
  public enum Kind: Sendable {
    case integer(ClosedRange<Int>)
    case number
    case boolean
    /// One of a list of words.
    case choice([Choice])
    case text
  }

  /// A word that a choice accepts, and how it is shown.
  public struct Choice: Sendable {
    /// As configurations hold it.
    public let value: String
    /// As people see it.
    public let title: String
    /// A word; its title is the word itself unless given.
    public init(_ value: String, _ title: String? = nil) {
      self.value = value
      self.title = title ?? value
    }
  }

  /// Shown only while another parameter has (or has not) a value.
  public struct Condition: Sendable {
    /// Key of the other parameter.
    public let parameter: String
    /// Whether it must have the value, or must not.
    public let equals: Bool
    /// The value, as text.
    public let value: String
  }

  /// Studio's own key, e.g. `fft-length`.
  public let key: String
  /// Short title.
  public let title: String
  /// What values it takes.
  public let kind: Kind
  /// What counts when the parameter is missing.
  public let defaultValue: ParameterValue
  /// One or two sentences.
  public let help: String
  /// Implementation versions that use the parameter; all others accept and ignore it, as long as its
  /// value is valid.
  public let versions: ClosedRange<Int>?
  /// Nil when it is always shown.
  public let condition: Condition?

  /// Describes a parameter; see the properties.
  public init(
    _ key: String, _ title: String, _ kind: Kind, default defaultValue: ParameterValue, help: String,
    versions: ClosedRange<Int>? = nil, shownIf condition: Condition? = nil
  ) {
    self.key = key
    self.title = title
    self.kind = kind
    self.defaultValue = defaultValue
    self.help = help
    self.versions = versions
    self.condition = condition
  }

  /// What is valid, in words.
  public var validValues: String {
    switch kind {
    case .integer(let range):
      Self.words(range).map { $0.hasPrefix("from") ? "a whole number \($0)" : "a whole number, \($0)" }
        ?? "a whole number"
    case .number: "a finite number"
    case .boolean: "true or false"
    case .choice(let choices): "one of " + choices.map(\.value).joined(separator: ", ")
    case .text: "text"
    }
  }
}

extension Parameter {
  /// A range in words, for example `from 2 to 4096`; nil for one that holds all numbers.
  static func words(_ range: ClosedRange<Int>) -> String? {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): nil
    case (.min, let highest): "at most \(highest)"
    case (let lowest, .max): "at least \(lowest)"
    case (let lowest, let highest): "from \(lowest) to \(highest)"
    }
  }
}

extension Parameter.Condition {
  /// The other parameter has this value.
  public static func equal(_ parameter: String, _ value: String) -> Self {
    Self(parameter: parameter, equals: true, value: value)
  }
  /// The other parameter has any other value.
  public static func notEqual(_ parameter: String, _ value: String) -> Self {
    Self(parameter: parameter, equals: false, value: value)
  }
}

/// Parameters that Studio shows together.
public struct ParameterGroup: Sendable {
  /// Studio's heading.
  public let title: String
  /// In Studio's order.
  public let parameters: [Parameter]
  /// A group of parameters under a title.
  public init(_ title: String, _ parameters: [Parameter]) {
    self.title = title
    self.parameters = parameters
  }
}
