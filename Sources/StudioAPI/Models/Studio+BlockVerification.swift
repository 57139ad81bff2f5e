extension Studio {
  /// Answer: verify DSP block URL.
  public struct VerifyDSPBlockURLResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Block.
    public var block: VerifyDSPBlockURLResponseBlock

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, block: VerifyDSPBlockURLResponseBlock
    ) {
      self.success = success
      self.error = error
      self.block = block
    }
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

    /// Creates the value from its fields.
    public init(
      title: String, author: String, description: String, name: String, latestImplementationVersion: Int,
      namedAxes: [DSPNamedAxis]? = nil
    ) {
      self.title = title
      self.author = author
      self.description = description
      self.name = name
      self.latestImplementationVersion = latestImplementationVersion
      self.namedAxes = namedAxes
    }
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
