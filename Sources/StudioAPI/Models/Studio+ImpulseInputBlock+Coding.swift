extension Studio.ImpulseInputBlock {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case id, type, name, title, axes, windowSizeMs, windowIncreaseMs, frequencyHz, classificationWindowIncreaseMs,
      padZeros, labelingMethodMultiLabel, imageWidth, imageHeight, resizeMode, resizeMethod, cropAnchor, createdBy,
      createdAt, datasetSubset, primaryVersion
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    id = try fields.decode(Int.self, forKey: .id)
    type = try fields.decode(Studio.InputBlockType.self, forKey: .type)
    name = try fields.decode(String.self, forKey: .name)
    title = try fields.decode(String.self, forKey: .title)
    axes = try fields.decodeIfPresent([String].self, forKey: .axes)
    windowSizeMs = try fields.decodeIfPresent(Int.self, forKey: .windowSizeMs)
    windowIncreaseMs = try fields.decodeIfPresent(Int.self, forKey: .windowIncreaseMs)
    frequencyHz = try fields.decodeIfPresent(Double.self, forKey: .frequencyHz)
    classificationWindowIncreaseMs = try fields.decodeIfPresent(Int.self, forKey: .classificationWindowIncreaseMs)
    padZeros = try fields.decodeIfPresent(Bool.self, forKey: .padZeros)
    labelingMethodMultiLabel = try fields.decodeIfPresent(
      Studio.ImpulseInputBlockLabelingMethodMultiLabel.self, forKey: .labelingMethodMultiLabel)
    imageWidth = try fields.decodeIfPresent(Int.self, forKey: .imageWidth)
    imageHeight = try fields.decodeIfPresent(Int.self, forKey: .imageHeight)
    resizeMode = try fields.decodeIfPresent(Studio.ImageInputResizeMode.self, forKey: .resizeMode)
    resizeMethod = try fields.decodeIfPresent(String.self, forKey: .resizeMethod)
    cropAnchor = try fields.decodeIfPresent(String.self, forKey: .cropAnchor)
    createdBy = try fields.decodeIfPresent(String.self, forKey: .createdBy)
    createdAt = try fields.decodeIfPresent(Timestamp.self, forKey: .createdAt)
    datasetSubset = try fields.decodeIfPresent(Studio.ImpulseInputBlockDatasetSubset.self, forKey: .datasetSubset)
    primaryVersion = try fields.decodeIfPresent(Bool.self, forKey: .primaryVersion)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(id, forKey: .id)
    try fields.encode(type, forKey: .type)
    try fields.encode(name, forKey: .name)
    try fields.encode(title, forKey: .title)
    try fields.encodeIfPresent(axes, forKey: .axes)
    try fields.encodeIfPresent(windowSizeMs, forKey: .windowSizeMs)
    try fields.encodeIfPresent(windowIncreaseMs, forKey: .windowIncreaseMs)
    try fields.encodeIfPresent(frequencyHz, forKey: .frequencyHz)
    try fields.encodeIfPresent(classificationWindowIncreaseMs, forKey: .classificationWindowIncreaseMs)
    try fields.encodeIfPresent(padZeros, forKey: .padZeros)
    try fields.encodeIfPresent(labelingMethodMultiLabel, forKey: .labelingMethodMultiLabel)
    try fields.encodeIfPresent(imageWidth, forKey: .imageWidth)
    try fields.encodeIfPresent(imageHeight, forKey: .imageHeight)
    try fields.encodeIfPresent(resizeMode, forKey: .resizeMode)
    try fields.encodeIfPresent(resizeMethod, forKey: .resizeMethod)
    try fields.encodeIfPresent(cropAnchor, forKey: .cropAnchor)
    try fields.encodeIfPresent(createdBy, forKey: .createdBy)
    try fields.encodeIfPresent(createdAt, forKey: .createdAt)
    try fields.encodeIfPresent(datasetSubset, forKey: .datasetSubset)
    try fields.encodeIfPresent(primaryVersion, forKey: .primaryVersion)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulseInputBlockLabelingMethodMultiLabel {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case type, labels, minPercentage
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    type = try fields.decode(String.self, forKey: .type)
    labels = try fields.decodeIfPresent([String].self, forKey: .labels)
    minPercentage = try fields.decodeIfPresent(Double.self, forKey: .minPercentage)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(type, forKey: .type)
    try fields.encodeIfPresent(labels, forKey: .labels)
    try fields.encodeIfPresent(minPercentage, forKey: .minPercentage)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}

extension Studio.ImpulseInputBlockDatasetSubset {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case includePercentage, seed
  }

  /// Decodes all fields.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    includePercentage = try fields.decode(Double.self, forKey: .includePercentage)
    seed = try fields.decodeIfPresent(Int.self, forKey: .seed)
    otherFields = try OtherFields.decode(decoder, besides: CodingKeys.self)
  }

  /// Encodes all fields.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(includePercentage, forKey: .includePercentage)
    try fields.encodeIfPresent(seed, forKey: .seed)
    try OtherFields.encode(otherFields, to: encoder, besides: CodingKeys.self)
  }
}
