extension Studio {
  /// A processing block of an impulse.
  public struct ImpulseDSPBlock: OpenModel {
    /// Its id.
    public var id: Int
    /// Its kind.
    public var type: String
    /// Its name.
    public var name: String
    /// Names of the axes that it takes.
    public var axes: [String]
    /// Title that Studio shows.
    public var title: String
    /// Values per axis of a window.
    public var valuesPerAxis: Int?
    /// Id of the input block.
    public var input: Int?
    /// How it came to be.
    public var createdBy: String?
    /// When it was created.
    public var createdAt: Timestamp?
    /// Version of the block's algorithm.
    public var implementationVersion: Int
    /// Where an organisation's block comes from.
    public var organization: ImpulseDSPBlockOrganization?
    /// Address of a custom block.
    public var customUrl: String?
    /// Axes with a meaning of their own.
    public var namedAxes: [ImpulseDSPBlockNamedAxes]?
    /// Whether it is the one that counts among its versions; clients up to 1.54 ask for it.
    public var primaryVersion: Bool?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(
      id: Int, type: String, name: String, axes: [String], title: String, valuesPerAxis: Int? = nil, input: Int? = nil,
      createdBy: String? = nil, createdAt: Timestamp? = nil, implementationVersion: Int,
      organization:
        ImpulseDSPBlockOrganization? = nil, customUrl: String? = nil, namedAxes: [ImpulseDSPBlockNamedAxes]? = nil,
      primaryVersion: Bool? = nil
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.axes = axes
      self.title = title
      self.valuesPerAxis = valuesPerAxis
      self.input = input
      self.createdBy = createdBy
      self.createdAt = createdAt
      self.implementationVersion = implementationVersion
      self.organization = organization
      self.customUrl = customUrl
      self.namedAxes = namedAxes
      self.primaryVersion = primaryVersion
    }
  }

  /// Part of an answer: impulse DSP block organization.
  public struct ImpulseDSPBlockOrganization: OpenModel {
    /// Its id.
    public var id: Int
    /// Id of the processing block.
    public var dspId: Int
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(id: Int, dspId: Int) {
      self.id = id
      self.dspId = dspId
    }
  }

  /// Part of an answer: impulse DSP block named axes.
  public struct ImpulseDSPBlockNamedAxes: OpenModel {
    /// Its name.
    public var name: String
    /// What it does, in a sentence.
    public var description: String?
    /// Whether a value must be given.
    public var required: Bool?
    /// Axis chosen for it.
    public var selectedAxis: String?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(name: String, description: String? = nil, required: Bool? = nil, selectedAxis: String? = nil) {
      self.name = name
      self.description = description
      self.required = required
      self.selectedAxis = selectedAxis
    }
  }

  /// A learning block of an impulse.
  public struct ImpulseLearnBlock: OpenModel {
    /// Its id.
    public var id: Int
    /// Its kind.
    public var type: LearnBlockType
    /// Its name.
    public var name: String
    /// Ids of the blocks whose features it takes.
    public var dsp: [Int]
    /// Title that Studio shows.
    public var title: String
    /// How it came to be.
    public var createdBy: String?
    /// When it was created.
    public var createdAt: Timestamp?
    /// Training processor.
    public var trainingProcessor: ExperimentalImpulseSpecificGpuTrainingProcessor?
    /// Whether it is the one that counts among its versions; clients up to 1.54 ask for it.
    public var primaryVersion: Bool?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(
      id: Int, type: LearnBlockType, name: String, dsp: [Int], title: String, createdBy: String? = nil,
      createdAt: Timestamp? = nil, trainingProcessor: ExperimentalImpulseSpecificGpuTrainingProcessor? = nil,
      primaryVersion: Bool? = nil
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.dsp = dsp
      self.title = title
      self.createdBy = createdBy
      self.createdAt = createdAt
      self.trainingProcessor = trainingProcessor
      self.primaryVersion = primaryVersion
    }
  }

  /// A post-processing block of an impulse.
  public struct ImpulsePostProcessingBlock: OpenModel {
    /// Its id.
    public var id: Int
    /// Its kind.
    public var type: PostProcessingBlockType
    /// Its name.
    public var name: String
    /// Title that Studio shows.
    public var title: String
    /// How it came to be.
    public var createdBy: String?
    /// When it was created.
    public var createdAt: Timestamp?
    /// Version of the block's algorithm.
    public var implementationVersion: Int
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(
      id: Int, type: PostProcessingBlockType, name: String, title: String, createdBy: String? = nil,
      createdAt:
        Timestamp? = nil, implementationVersion: Int
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.title = title
      self.createdBy = createdBy
      self.createdAt = createdAt
      self.implementationVersion = implementationVersion
    }
  }
}
