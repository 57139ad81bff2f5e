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
  }

  /// An axis with a meaning of its own.
  public struct DSPNamedAxis: StudioModel {
    /// Its name.
    public var name: String
    /// What it does, in a sentence.
    public var description: String
    /// Whether a value must be given.
    public var required: Bool
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
  }

  /// Answer: verify DSP block URL.
  public struct VerifyDSPBlockURLResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Block.
    public var block: VerifyDSPBlockURLResponseBlock
  }

  /// Part of an answer: verify DSP block URL response block.
  public struct VerifyDSPBlockURLResponseBlock: StudioModel {
    /// Title that Studio shows.
    public var title: String
    /// Who made it.
    public var author: String
    /// What it does, in a sentence.
    public var description: String
    /// Its name.
    public var name: String
    /// Newest version of the block's algorithm.
    public var latestImplementationVersion: Int
    /// Axes with a meaning of their own.
    public var namedAxes: [DSPNamedAxis]?
  }

  /// Request: verify DSP block URL.
  public struct VerifyDSPBlockURLRequest: StudioModel {
    /// Address.
    public var url: String

    /// Creates the value from its fields.
    public init(url: String) {
      self.url = url
    }
  }
}
