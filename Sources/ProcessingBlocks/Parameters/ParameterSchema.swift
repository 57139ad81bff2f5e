/// One parameter of a block, as Studio names and presents it.
///
/// This is the one place that describes a parameter: decoding, validation, help output and the configuration
/// answers of the API are derived from it.
public struct Parameter: Sendable {
  /// What values a parameter takes.
  public enum Kind: Sendable {
    /// A whole number of a range. The rule holds for values above 0: where the range reaches further down, these
    /// switch something off.
    case integer(ClosedRange<Int>, IntegerRule = .any)
    /// A finite number; fractions are welcome.
    case number
    /// A switch: true or false, as JSON, as text in any case, or as 1 and 0.
    case boolean
    /// One of a list of words; upper and lower case count as the same where `foldsCase` is set. Words that are numbers
    /// are found under every spelling of the number.
    case choice([Choice], foldsCase: Bool = false)
    /// Any text.
    case text
  }

  /// What a whole number above 0 must be besides in its range.
  public enum IntegerRule: String, Sendable {
    /// Nothing.
    case any = ""
    /// Divisible by two.
    case even = "even"
    /// Not divisible by two.
    case odd = "odd"
    /// 1, 2, 4, 8 and so on.
    case powerOfTwo = "a power of two"
  }

  /// What Studio's `parameters.json` says of a parameter that does not change what the block does with it.
  public struct StudioTraits: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int
    /// A set of traits; none if 0.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Studio's form takes whole numbers only, though the block computes with fractions too; of a choice, its words are
    /// whole numbers.
    public static let wholeNumber = Self(rawValue: 1)
    /// Studio's form may leave it empty.
    public static let optional = Self(rawValue: 2)
    /// Deployments get a macro for each word.
    public static let createsMacro = Self(rawValue: 4)
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
  /// Versions for which Studio's form shows the parameter, where these are others than those that use it.
  public let shownVersions: [Int]?
  /// Used and shown only while it holds; nil for always.
  public let condition: Condition?
  /// What `parameters.json` says besides; nothing unless given.
  public let traits: StudioTraits

  /// Describes a parameter; see the properties.
  public init(
    _ key: String, _ title: String, _ kind: Kind, default defaultValue: ParameterValue, help: String,
    versions: ClosedRange<Int>? = nil, shownVersions: [Int]? = nil, shownIf condition: Condition? = nil,
    traits: StudioTraits = []
  ) {
    self.key = key
    self.title = title
    self.kind = kind
    self.defaultValue = defaultValue
    self.help = help
    self.versions = versions
    self.shownVersions = shownVersions
    self.condition = condition
    self.traits = traits
  }

  /// Whether an implementation version uses the parameter.
  public func isUsed(byVersion version: Int) -> Bool { versions?.contains(version) ?? true }

  /// What is valid, in words.
  public var validValues: String {
    switch kind {
    case .integer(let range, let rule): Self.words(range, rule)
    case .number: "a finite number"
    case .boolean: "true or false"
    case .choice(let choices, _): "one of " + choices.map(\.value).joined(separator: ", ")
    case .text: "text"
    }
  }
}

extension Parameter {
  /// For example `a power of two from 2 to 4096`; bounds that are those of the number type are left out.
  private static func words(_ range: ClosedRange<Int>, _ rule: IntegerRule) -> String {
    let number =
      switch rule {
      case .any: "a whole number"
      case .even, .odd: "an \(rule.rawValue) number"
      case .powerOfTwo: rule.rawValue
      }
    guard let bounds = bounds(range) else { return number }
    if rule != .any && range.lowerBound == .min { return "\(number) up to \(range.upperBound), or 0 or less" }
    return bounds.hasPrefix("from") ? "\(number) \(bounds)" : "\(number), \(bounds)"
  }

  /// A range in words, for example `from 2 to 4096`; nil for one that holds all numbers.
  static func bounds(_ range: ClosedRange<Int>) -> String? {
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
