extension Studio.StructuredLabel {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case startIndex, endIndex, label, labelMap
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    startIndex = try fields.decode(Int.self, forKey: .startIndex)
    endIndex = try fields.decode(Int.self, forKey: .endIndex)
    label = try fields.decode(String.self, forKey: .label)
    labelMap = try fields.decodeIfPresent(Studio.SampleLabelMapLabels.self, forKey: .labelMap)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(startIndex, forKey: .startIndex)
    try fields.encode(endIndex, forKey: .endIndex)
    try fields.encode(label, forKey: .label)
    try fields.encodeIfPresent(labelMap, forKey: .labelMap)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}
