extension Studio.Impulse {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, name, inputBlocks, dspBlocks, learnBlocks, postProcessingBlocks, type, datasetVersionId
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    name = try fields.decode(String.self, forKey: .name)
    inputBlocks = try fields.decode([Studio.ImpulseInputBlock].self, forKey: .inputBlocks)
    dspBlocks = try fields.decode([Studio.ImpulseDSPBlock].self, forKey: .dspBlocks)
    learnBlocks = try fields.decode([Studio.ImpulseLearnBlock].self, forKey: .learnBlocks)
    postProcessingBlocks = try fields.decode([Studio.ImpulsePostProcessingBlock].self, forKey: .postProcessingBlocks)
    type = try fields.decode(Studio.ImpulseType.self, forKey: .type)
    datasetVersionId = try fields.decodeIfPresent(Int.self, forKey: .datasetVersionId)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(name, forKey: .name)
    try fields.encode(inputBlocks, forKey: .inputBlocks)
    try fields.encode(dspBlocks, forKey: .dspBlocks)
    try fields.encode(learnBlocks, forKey: .learnBlocks)
    try fields.encode(postProcessingBlocks, forKey: .postProcessingBlocks)
    try fields.encode(type, forKey: .type)
    try fields.encodeIfPresent(datasetVersionId, forKey: .datasetVersionId)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.CreateImpulseRequest {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, inputBlocks, dspBlocks, learnBlocks, postProcessingBlocks, type, datasetVersionId
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    name = try fields.decodeIfPresent(String.self, forKey: .name)
    inputBlocks = try fields.decode([Studio.ImpulseInputBlock].self, forKey: .inputBlocks)
    dspBlocks = try fields.decode([Studio.ImpulseDSPBlock].self, forKey: .dspBlocks)
    learnBlocks = try fields.decode([Studio.ImpulseLearnBlock].self, forKey: .learnBlocks)
    postProcessingBlocks = try fields.decodeIfPresent(
      [Studio.ImpulsePostProcessingBlock].self, forKey: .postProcessingBlocks)
    type = try fields.decodeIfPresent(Studio.ImpulseType.self, forKey: .type)
    datasetVersionId = try fields.decodeIfPresent(Int.self, forKey: .datasetVersionId)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encodeIfPresent(name, forKey: .name)
    try fields.encode(inputBlocks, forKey: .inputBlocks)
    try fields.encode(dspBlocks, forKey: .dspBlocks)
    try fields.encode(learnBlocks, forKey: .learnBlocks)
    try fields.encodeIfPresent(postProcessingBlocks, forKey: .postProcessingBlocks)
    try fields.encodeIfPresent(type, forKey: .type)
    try fields.encodeIfPresent(datasetVersionId, forKey: .datasetVersionId)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}
