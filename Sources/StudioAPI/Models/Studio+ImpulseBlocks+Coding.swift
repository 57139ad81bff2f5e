extension Studio.ImpulseDSPBlock {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, type, name, axes, title, valuesPerAxis, input, createdBy, createdAt, implementationVersion, organization,
      customUrl, namedAxes, primaryVersion
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    type = try fields.decode(String.self, forKey: .type)
    name = try fields.decode(String.self, forKey: .name)
    axes = try fields.decode([String].self, forKey: .axes)
    title = try fields.decode(String.self, forKey: .title)
    valuesPerAxis = try fields.decodeIfPresent(Int.self, forKey: .valuesPerAxis)
    input = try fields.decodeIfPresent(Int.self, forKey: .input)
    createdBy = try fields.decodeIfPresent(String.self, forKey: .createdBy)
    createdAt = try fields.decodeIfPresent(Timestamp.self, forKey: .createdAt)
    implementationVersion = try fields.decode(Int.self, forKey: .implementationVersion)
    organization = try fields.decodeIfPresent(Studio.ImpulseDSPBlockOrganization.self, forKey: .organization)
    customUrl = try fields.decodeIfPresent(String.self, forKey: .customUrl)
    namedAxes = try fields.decodeIfPresent([Studio.ImpulseDSPBlockNamedAxes].self, forKey: .namedAxes)
    primaryVersion = try fields.decodeIfPresent(Bool.self, forKey: .primaryVersion)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(type, forKey: .type)
    try fields.encode(name, forKey: .name)
    try fields.encode(axes, forKey: .axes)
    try fields.encode(title, forKey: .title)
    try fields.encodeIfPresent(valuesPerAxis, forKey: .valuesPerAxis)
    try fields.encodeIfPresent(input, forKey: .input)
    try fields.encodeIfPresent(createdBy, forKey: .createdBy)
    try fields.encodeIfPresent(createdAt, forKey: .createdAt)
    try fields.encode(implementationVersion, forKey: .implementationVersion)
    try fields.encodeIfPresent(organization, forKey: .organization)
    try fields.encodeIfPresent(customUrl, forKey: .customUrl)
    try fields.encodeIfPresent(namedAxes, forKey: .namedAxes)
    try fields.encodeIfPresent(primaryVersion, forKey: .primaryVersion)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulseDSPBlockOrganization {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, dspId
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    dspId = try fields.decode(Int.self, forKey: .dspId)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(dspId, forKey: .dspId)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulseDSPBlockNamedAxes {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, description, required, selectedAxis
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    name = try fields.decode(String.self, forKey: .name)
    description = try fields.decodeIfPresent(String.self, forKey: .description)
    required = try fields.decodeIfPresent(Bool.self, forKey: .required)
    selectedAxis = try fields.decodeIfPresent(String.self, forKey: .selectedAxis)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encodeIfPresent(description, forKey: .description)
    try fields.encodeIfPresent(required, forKey: .required)
    try fields.encodeIfPresent(selectedAxis, forKey: .selectedAxis)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulseLearnBlock {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, type, name, dsp, title, createdBy, createdAt, trainingProcessor, primaryVersion
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    type = try fields.decode(Studio.LearnBlockType.self, forKey: .type)
    name = try fields.decode(String.self, forKey: .name)
    dsp = try fields.decode([Int].self, forKey: .dsp)
    title = try fields.decode(String.self, forKey: .title)
    createdBy = try fields.decodeIfPresent(String.self, forKey: .createdBy)
    createdAt = try fields.decodeIfPresent(Timestamp.self, forKey: .createdAt)
    trainingProcessor = try fields.decodeIfPresent(
      Studio.ExperimentalImpulseSpecificGpuTrainingProcessor.self, forKey: .trainingProcessor)
    primaryVersion = try fields.decodeIfPresent(Bool.self, forKey: .primaryVersion)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(type, forKey: .type)
    try fields.encode(name, forKey: .name)
    try fields.encode(dsp, forKey: .dsp)
    try fields.encode(title, forKey: .title)
    try fields.encodeIfPresent(createdBy, forKey: .createdBy)
    try fields.encodeIfPresent(createdAt, forKey: .createdAt)
    try fields.encodeIfPresent(trainingProcessor, forKey: .trainingProcessor)
    try fields.encodeIfPresent(primaryVersion, forKey: .primaryVersion)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulsePostProcessingBlock {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, type, name, title, createdBy, createdAt, implementationVersion
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    type = try fields.decode(Studio.PostProcessingBlockType.self, forKey: .type)
    name = try fields.decode(String.self, forKey: .name)
    title = try fields.decode(String.self, forKey: .title)
    createdBy = try fields.decodeIfPresent(String.self, forKey: .createdBy)
    createdAt = try fields.decodeIfPresent(Timestamp.self, forKey: .createdAt)
    implementationVersion = try fields.decode(Int.self, forKey: .implementationVersion)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(type, forKey: .type)
    try fields.encode(name, forKey: .name)
    try fields.encode(title, forKey: .title)
    try fields.encodeIfPresent(createdBy, forKey: .createdBy)
    try fields.encodeIfPresent(createdAt, forKey: .createdAt)
    try fields.encode(implementationVersion, forKey: .implementationVersion)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}
