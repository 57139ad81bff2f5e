extension Studio {
  /// Answer: get impulse blocks.
  public struct GetImpulseBlocksResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Input blocks.
    public var inputBlocks: [InputBlock]
    /// Processing blocks.
    public var dspBlocks: [DSPBlock]
    /// Learning blocks.
    public var learnBlocks: [LearnBlock]
    /// Post-processing blocks.
    public var postProcessingBlocks: [PostProcessingBlock]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, inputBlocks: [InputBlock], dspBlocks: [DSPBlock],
      learnBlocks: [LearnBlock], postProcessingBlocks: [PostProcessingBlock]
    ) {
      self.success = success
      self.error = error
      self.inputBlocks = inputBlocks
      self.dspBlocks = dspBlocks
      self.learnBlocks = learnBlocks
      self.postProcessingBlocks = postProcessingBlocks
    }
  }

  /// A kind of input block.
  public struct InputBlock: StudioModel {
    /// Its kind.
    public var type: InputBlockType
    /// Title that Studio shows.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it does, in a sentence.
    public var description: String
    /// Its name.
    public var name: String
    /// Block type.
    public var blockType: BlockType

    /// Creates the value from its fields.
    public init(
      type: InputBlockType, title: String, author: String, description: String, name: String, blockType: BlockType
    ) {
      self.type = type
      self.title = title
      self.author = author
      self.description = description
      self.name = name
      self.blockType = blockType
    }
  }

  /// A kind of processing block.
  public struct DSPBlock: StudioModel {
    /// Its kind.
    public var type: String
    /// Title that Studio shows.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it does, in a sentence.
    public var description: String
    /// Its name.
    public var name: String
    /// Whether Studio recommends it.
    public var recommended: Bool
    /// Whether it is experimental.
    public var experimental: Bool
    /// Newest version of the block's algorithm.
    public var latestImplementationVersion: Int
    /// Id of the organisation.
    public var organizationId: Int?
    /// Id of the organisation's block.
    public var organizationDspId: Int?
    /// Block type.
    public var blockType: BlockType
    /// Axes with a meaning of their own.
    public var namedAxes: [DSPNamedAxis]?
    /// Supported targets.
    public var supportedTargets: [String]?

    /// Creates the value from its fields.
    public init(
      type: String, title: String, author: String, description: String, name: String, recommended: Bool,
      experimental: Bool, latestImplementationVersion: Int, organizationId: Int? = nil, organizationDspId: Int? = nil,
      blockType: BlockType, namedAxes: [DSPNamedAxis]? = nil, supportedTargets: [String]? = nil
    ) {
      self.type = type
      self.title = title
      self.author = author
      self.description = description
      self.name = name
      self.recommended = recommended
      self.experimental = experimental
      self.latestImplementationVersion = latestImplementationVersion
      self.organizationId = organizationId
      self.organizationDspId = organizationDspId
      self.blockType = blockType
      self.namedAxes = namedAxes
      self.supportedTargets = supportedTargets
    }
  }

  /// An axis with a meaning of its own.
  public struct DSPNamedAxis: StudioModel {
    /// Its name.
    public var name: String
    /// What it does, in a sentence.
    public var description: String
    /// Whether a value must be given.
    public var required: Bool

    /// Creates the value from its fields.
    public init(
      name: String, description: String, required: Bool
    ) {
      self.name = name
      self.description = description
      self.required = required
    }
  }

  /// A kind of learning block.
  public struct LearnBlock: StudioModel {
    /// Its kind.
    public var type: String
    /// Title that Studio shows.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it does, in a sentence.
    public var description: String
    /// Its name.
    public var name: String
    /// Whether Studio recommends it.
    public var recommended: Bool
    /// Id of the organisation's model.
    public var organizationModelId: Int?
    /// Public project tier availability.
    public var publicProjectTierAvailability: PublicProjectTierAvailability?
    /// Whether it needs an enterprise plan.
    public var isPublicEnterpriseOnly: Bool?
    /// Block type.
    public var blockType: BlockType
    /// Display category.
    public var displayCategory: BlockDisplayCategory?
    /// Supported targets.
    public var supportedTargets: [String]?

    /// Creates the value from its fields.
    public init(
      type: String, title: String, author: String, description: String, name: String, recommended: Bool,
      organizationModelId: Int? = nil, publicProjectTierAvailability: PublicProjectTierAvailability? = nil,
      isPublicEnterpriseOnly: Bool? = nil, blockType: BlockType, displayCategory: BlockDisplayCategory? = nil,
      supportedTargets: [String]? = nil
    ) {
      self.type = type
      self.title = title
      self.author = author
      self.description = description
      self.name = name
      self.recommended = recommended
      self.organizationModelId = organizationModelId
      self.publicProjectTierAvailability = publicProjectTierAvailability
      self.isPublicEnterpriseOnly = isPublicEnterpriseOnly
      self.blockType = blockType
      self.displayCategory = displayCategory
      self.supportedTargets = supportedTargets
    }
  }

  /// A kind of post-processing block.
  public struct PostProcessingBlock: StudioModel {
    /// Its kind.
    public var type: PostProcessingBlockType
    /// Title that Studio shows.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it does, in a sentence.
    public var description: String
    /// Its name.
    public var name: String
    /// Whether Studio recommends it.
    public var recommended: Bool
    /// Whether it is experimental.
    public var experimental: Bool
    /// Newest version of the block's algorithm.
    public var latestImplementationVersion: Int
    /// Block type.
    public var blockType: BlockType
    /// Supported targets.
    public var supportedTargets: [String]?
    /// Default parameters.
    public var defaultParameters: [DSPGroupItem]

    /// Creates the value from its fields.
    public init(
      type: PostProcessingBlockType, title: String, author: String, description: String, name: String,
      recommended: Bool, experimental: Bool, latestImplementationVersion: Int, blockType: BlockType,
      supportedTargets: [String]? = nil, defaultParameters: [DSPGroupItem]
    ) {
      self.type = type
      self.title = title
      self.author = author
      self.description = description
      self.name = name
      self.recommended = recommended
      self.experimental = experimental
      self.latestImplementationVersion = latestImplementationVersion
      self.blockType = blockType
      self.supportedTargets = supportedTargets
      self.defaultParameters = defaultParameters
    }
  }
}
