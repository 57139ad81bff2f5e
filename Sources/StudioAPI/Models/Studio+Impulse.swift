extension Studio {
  /// Answer: get impulse.
  public struct GetImpulseResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The impulse; absent where the project has none.
    public var impulse: Impulse?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, impulse: Impulse? = nil
    ) {
      self.success = success
      self.error = error
      self.impulse = impulse
    }
  }

  /// Input, processing, learning and post-processing blocks that work together.
  public struct Impulse: OpenModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// Input blocks.
    public var inputBlocks: [ImpulseInputBlock]
    /// Processing blocks.
    public var dspBlocks: [ImpulseDSPBlock]
    /// Learning blocks.
    public var learnBlocks: [ImpulseLearnBlock]
    /// Post-processing blocks.
    public var postProcessingBlocks: [ImpulsePostProcessingBlock]
    /// Its kind.
    public var type: ImpulseType
    /// Id of the dataset version.
    public var datasetVersionId: Int?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, inputBlocks: [ImpulseInputBlock], dspBlocks: [ImpulseDSPBlock],
      learnBlocks: [ImpulseLearnBlock], postProcessingBlocks: [ImpulsePostProcessingBlock], type: ImpulseType,
      datasetVersionId: Int? = nil
    ) {
      self.id = id
      self.name = name
      self.inputBlocks = inputBlocks
      self.dspBlocks = dspBlocks
      self.learnBlocks = learnBlocks
      self.postProcessingBlocks = postProcessingBlocks
      self.type = type
      self.datasetVersionId = datasetVersionId
    }
  }

  /// Answer: get all impulses.
  public struct GetAllImpulsesResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// All impulses.
    public var impulses: [Impulse]
    /// Largest number of impulses.
    public var maxImpulseCount: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, impulses: [Impulse], maxImpulseCount: Int
    ) {
      self.success = success
      self.error = error
      self.impulses = impulses
      self.maxImpulseCount = maxImpulseCount
    }
  }

  /// Answer: create impulse.
  public struct CreateImpulseResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Its id.
    public var id: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, id: Int
    ) {
      self.success = success
      self.error = error
      self.id = id
    }
  }

  /// Request: create impulse.
  public struct CreateImpulseRequest: OpenModel {
    /// Its name.
    public var name: String?
    /// Input blocks.
    public var inputBlocks: [ImpulseInputBlock]
    /// Processing blocks.
    public var dspBlocks: [ImpulseDSPBlock]
    /// Learning blocks.
    public var learnBlocks: [ImpulseLearnBlock]
    /// Post-processing blocks.
    public var postProcessingBlocks: [ImpulsePostProcessingBlock]?
    /// Its kind.
    public var type: ImpulseType?
    /// Id of the dataset version.
    public var datasetVersionId: Int?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// The request that writes an impulse back as it is, with all that has no name here.
    public init(_ impulse: Impulse) {
      self.init(
        name: impulse.name, inputBlocks: impulse.inputBlocks, dspBlocks: impulse.dspBlocks,
        learnBlocks: impulse.learnBlocks, postProcessingBlocks: impulse.postProcessingBlocks, type: impulse.type,
        datasetVersionId: impulse.datasetVersionId)
      otherFields = impulse.otherFields
    }

    /// Creates the value from its fields.
    public init(
      name: String? = nil, inputBlocks: [ImpulseInputBlock], dspBlocks: [ImpulseDSPBlock],
      learnBlocks:
        [ImpulseLearnBlock], postProcessingBlocks: [ImpulsePostProcessingBlock]? = nil, type: ImpulseType? = nil,
      datasetVersionId: Int? = nil
    ) {
      self.name = name
      self.inputBlocks = inputBlocks
      self.dspBlocks = dspBlocks
      self.learnBlocks = learnBlocks
      self.postProcessingBlocks = postProcessingBlocks
      self.type = type
      self.datasetVersionId = datasetVersionId
    }
  }

  /// Request: update impulse.
  public struct UpdateImpulseRequest: StudioModel {
    /// Its name.
    public var name: String?
    /// Tags.
    public var tags: [String]?
    /// Its kind.
    public var type: ImpulseType?

    /// Creates the value from its fields.
    public init(name: String? = nil, tags: [String]? = nil, type: ImpulseType? = nil) {
      self.name = name
      self.tags = tags
      self.type = type
    }
  }

  /// Answer: get new block id.
  public struct GetNewBlockIdResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Id of the block.
    public var blockId: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, blockId: Int
    ) {
      self.success = success
      self.error = error
      self.blockId = blockId
    }
  }
}
