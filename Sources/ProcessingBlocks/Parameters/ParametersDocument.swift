/// A block's `parameters.json`, with which custom blocks introduce themselves.
public struct ParametersDocument: Encodable, Sendable {
  /// What the block is.
  public struct Info: Encodable, Sendable {
    /// Studio's type string.
    public let type: String
    /// As Studio shows it.
    public let title: String
    /// Who made the block.
    public let author: String
    /// One or two sentences.
    public let description: String
    /// Short name of the features.
    public let name: String
    /// Whether a convolution suits the features.
    public let preferConvolution: Bool
    /// Where a convolution suits, what says how many columns the features have.
    public let convolutionColumns: String?
    /// Where a convolution suits, the size of its first kernel.
    public let convolutionKernelSize: Int?
    /// Part of names in C++.
    public let cppType: String
    /// `dimensionalityReduction` where Studio's feature explorer can show the features.
    public let visualization: String?
    /// Always false.
    public let experimental: Bool
    /// True where Studio can tell which features matter, else absent.
    public let hasFeatureImportance: Bool?
    /// Always false: nothing here proposes parameters for a dataset.
    public let hasAutoTune: Bool
    /// The version that new impulses take.
    public let latestImplementationVersion: Int
    /// Whether there is more than one version.
    public let hasImplementationVersion: Bool
    /// Always false: a window's features depend on the window alone.
    public let usesState: Bool
  }

  /// A group of parameters.
  public struct Group: Encodable, Sendable {
    /// Heading.
    public let group: String
    /// In Studio's order.
    public let items: [Item]
  }

  /// A parameter.
  public struct Item: Encodable, Sendable {
    /// A word that a select accepts, and how it is shown.
    public struct Choice: Encodable, Sendable {
      /// As people see it.
      public let label: String
      /// As configurations hold it.
      public let value: String

      /// Writes the word alone where it is shown as it is.
      public func encode(to encoder: any Encoder) throws {
        if label == value {
          var container = encoder.singleValueContainer()
          return try container.encode(value)
        }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(label, forKey: .label)
        try container.encode(value, forKey: .value)
      }

      private enum CodingKeys: CodingKey { case label, value }
    }

    /// Short title.
    public let name: String
    /// The default, with its own type.
    public let value: ParameterValue
    /// `int`, `float`, `boolean`, `select` or `string`.
    public let type: String
    /// One or two sentences.
    public let help: String
    /// The key.
    public let param: String
    /// What a select accepts.
    public let valid: [Choice]?
    /// The type of the words of a select, where they are whole numbers: `int`.
    public let configType: String?
    /// True where the form may be left empty, else absent.
    public let optional: Bool?
    /// True where deployments get a macro for each word, else absent.
    public let createMacro: Bool?
    /// Versions for which the form shows the parameter; nil for all.
    public let showForImplementationVersion: [Int]?
    /// The condition, where there is one.
    public let showIf: ParameterCondition?
  }

  /// Version of the format: 1.
  public let version: Int
  /// What the block is.
  public let info: Info
  /// Groups without parameters are left out.
  public let parameters: [Group]
}

extension BlockDescriptor {
  /// The block's `parameters.json`.
  ///
  /// - Parameter version: leaves out parameters that this version does not use; nil keeps all.
  public func parametersDocument(version: Int? = nil) -> ParametersDocument {
    let groups = groups(version: version).map { group in
      ParametersDocument.Group(group: group.title, items: group.parameters.map(\.documentItem))
    }
    return ParametersDocument(
      version: 1,
      info: ParametersDocument.Info(
        type: type, title: title, author: "EdgeDSP", description: summary, name: presentation.name,
        preferConvolution: presentation.convolutionColumns != nil,
        convolutionColumns: presentation.convolutionColumns,
        convolutionKernelSize: presentation.convolutionKernelSize, cppType: presentation.cppType,
        visualization: presentation.canBeExplored ? "dimensionalityReduction" : nil, experimental: false,
        hasFeatureImportance: presentation.hasFeatureImportance ? true : nil, hasAutoTune: false,
        latestImplementationVersion: versions.upperBound,
        hasImplementationVersion: versions.count > 1, usesState: false),
      parameters: groups)
  }

  /// The groups with the parameters that a version uses, or all.
  public func groups(version: Int?) -> [ParameterGroup] {
    guard let version else { return groups }
    return groups.compactMap { group in
      let used = group.parameters.filter { $0.isUsed(byVersion: version) }
      return used.isEmpty ? nil : ParameterGroup(group.title, used)
    }
  }
}

extension Parameter {
  fileprivate var documentItem: ParametersDocument.Item {
    var valid: [ParametersDocument.Item.Choice]?
    if case .choice(let choices, _) = kind { valid = choices.map { .init(label: $0.title, value: $0.value) } }
    return ParametersDocument.Item(
      name: title, value: defaultValue, type: studioType, help: help, param: key, valid: valid,
      configType: valid != nil && traits.contains(.wholeNumber) ? "int" : nil,
      optional: traits.contains(.optional) ? true : nil, createMacro: traits.contains(.createsMacro) ? true : nil,
      showForImplementationVersion: shownVersions ?? versions.map(Array.init),
      showIf: condition.map(ParameterCondition.init))
  }
}

extension ParameterValue: Encodable {
  /// Writes the native value; null for absent.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}
