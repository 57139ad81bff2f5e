/// What is wrong with a value.
struct ValueProblem {
  /// What is required.
  var rule: String
  /// What would cure it, if that can be said.
  var suggestion: String?
}

extension Parameter {
  /// The value as the block takes it, however it is spelt: whole numbers as such, switches as booleans, choices in the
  /// schema's word; nil for a value that the kind does not have. Ranges and rules are the matter of `problem`.
  func canonical(_ value: ParameterValue) -> ParameterValue? {
    switch kind {
    case .integer: value.wholeNumber.map(ParameterValue.integer)
    case .number: value.finiteNumber.map(ParameterValue.number)
    case .boolean: value.truth.map(ParameterValue.boolean)
    case .choice(let choices, let foldsCase): Self.word(value, in: choices, foldsCase: foldsCase)
    case .text: .text(value.studioText)
    }
  }

  private static func word(_ value: ParameterValue, in choices: [Choice], foldsCase: Bool) -> ParameterValue? {
    let text = value.studioText
    let folded = text.lowercased()
    let number = value.wholeNumber
    let choice =
      choices.first { $0.value == text }
      ?? choices.first { foldsCase && $0.value.lowercased() == folded }
      ?? choices.first { number != nil && Int($0.value) == number }
    return choice.map { .text($0.value) }
  }

  /// What keeps the block from taking a value; nil for a valid one.
  func problem(_ value: ParameterValue) -> ValueProblem? {
    switch kind {
    case .integer(let range, let rule):
      guard let number = value.wholeNumber else { return ValueProblem(rule: "must be a whole number") }
      return Self.problem(number, range, rule, defaultValue)
    case .number: return value.finiteNumber == nil ? ValueProblem(rule: "must be a finite number") : nil
    case .boolean: return value.truth == nil ? ValueProblem(rule: "must be true or false") : nil
    case .choice(let choices, _):
      if canonical(value) != nil { return nil }
      // Nobody reads a list of fifty; `block show` has it.
      let words = choices.map(\.value)
      let list = words.count <= 12 ? words : words.prefix(3) + ["…", words.last ?? ""]
      return ValueProblem(
        rule: "must be one of " + list.joined(separator: ", "),
        suggestion: nearest(to: value.studioText, in: words).map { "the nearest is \($0)" })
    case .text: return nil
    }
  }

  private static func problem(
    _ number: Int, _ range: ClosedRange<Int>, _ rule: IntegerRule, _ defaultValue: ParameterValue
  ) -> ValueProblem? {
    let isWithin = range.contains(number)
    let holds = rule.holds(number)
    if isWithin && holds { return nil }
    // A value that is too large is no less so for being odd.
    let words = isWithin ? "must be " + rule.rawValue : "must be " + (bounds(range) ?? "a whole number")
    let near = rule.neighbours(of: number.clamped(to: range)).filter(range.contains)
    let isFar = near.isEmpty || (number < 1 && !isWithin)
    return ValueProblem(
      rule: words,
      suggestion: "use " + (isFar ? defaultValue.studioText : near.map(String.init).joined(separator: " or ")))
  }
}

extension Parameter.IntegerRule {
  /// Values of 0 or less always hold.
  func holds(_ number: Int) -> Bool {
    if number <= 0 { return true }
    return switch self {
    case .any: true
    case .even: number % 2 == 0
    case .odd: number % 2 != 0
    case .powerOfTwo: number & (number - 1) == 0
    }
  }

  /// The numbers next to one, itself included, that hold; above 0.
  fileprivate func neighbours(of number: Int) -> [Int] {
    if holds(number) { return [number] }
    switch self {
    case .any: return [number]
    case .even, .odd: return [number - 1, number + 1].filter { $0 > 0 }
    case .powerOfTwo:
      let lower = 1 << (Int.bitWidth - 1 - number.leadingZeroBitCount)
      return [lower, lower << 1].filter { $0 > 0 }
    }
  }
}
