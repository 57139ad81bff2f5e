extension Studio {
  /// The part of the dataset that a recording belongs to. Older answers also hold `anomaly`.
  public struct RawDataCategory: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `training`.
    public static let training = RawDataCategory(rawValue: "training")
    /// `testing`.
    public static let testing = RawDataCategory(rawValue: "testing")
    /// `validation`.
    public static let validation = RawDataCategory(rawValue: "validation")
    /// `post-processing`.
    public static let postProcessing = RawDataCategory(rawValue: "post-processing")
  }

  /// How recordings are labelled.
  public struct ProjectLabelingMethod: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `single_label`.
    public static let single_label = ProjectLabelingMethod(rawValue: "single_label")
    /// `object_detection`.
    public static let object_detection = ProjectLabelingMethod(rawValue: "object_detection")
    /// `label_map`.
    public static let label_map = ProjectLabelingMethod(rawValue: "label_map")
  }

  /// A category, or all of them.
  public struct RawDataFilterCategory: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `training`.
    public static let training = RawDataFilterCategory(rawValue: "training")
    /// `testing`.
    public static let testing = RawDataFilterCategory(rawValue: "testing")
    /// `validation`.
    public static let validation = RawDataFilterCategory(rawValue: "validation")
    /// `post-processing`.
    public static let postProcessing = RawDataFilterCategory(rawValue: "post-processing")
    /// `all`.
    public static let all = RawDataFilterCategory(rawValue: "all")
  }

  /// Kind of an impulse.
  public struct ImpulseType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `default`.
    public static let `default` = ImpulseType(rawValue: "default")
    /// `BYOM`.
    public static let byom = ImpulseType(rawValue: "BYOM")
    /// `VLM`.
    public static let vlm = ImpulseType(rawValue: "VLM")
  }

  /// Engine that runs a model.
  public struct ModelEngineShort: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `tflite-eon`.
    public static let tfliteEon = ModelEngineShort(rawValue: "tflite-eon")
    /// `tflite-eon-ram-optimized`.
    public static let tfliteEonRamOptimized = ModelEngineShort(rawValue: "tflite-eon-ram-optimized")
    /// `tflite`.
    public static let tflite = ModelEngineShort(rawValue: "tflite")
  }

  /// Number format of a model.
  public struct KerasModelVariant: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `int8`.
    public static let int8 = KerasModelVariant(rawValue: "int8")
    /// `float32`.
    public static let float32 = KerasModelVariant(rawValue: "float32")
    /// `akida`.
    public static let akida = KerasModelVariant(rawValue: "akida")
  }

  /// What a key may do.
  public struct ProjectAPIKeyRole: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `admin`.
    public static let admin = ProjectAPIKeyRole(rawValue: "admin")
    /// `readonly`.
    public static let readonly = ProjectAPIKeyRole(rawValue: "readonly")
    /// `ingestiononly`.
    public static let ingestiononly = ProjectAPIKeyRole(rawValue: "ingestiononly")
    /// `ingestion_deployment`.
    public static let ingestionDeployment = ProjectAPIKeyRole(rawValue: "ingestion_deployment")
  }

  /// Plan of a project.
  public struct ProjectTier: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `free`.
    public static let free = ProjectTier(rawValue: "free")
    /// `community-plus`.
    public static let communityPlus = ProjectTier(rawValue: "community-plus")
    /// `professional`.
    public static let professional = ProjectTier(rawValue: "professional")
    /// `enterprise`.
    public static let enterprise = ProjectTier(rawValue: "enterprise")
  }

  /// Plan of a user.
  public struct UserTier: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `free`.
    public static let free = UserTier(rawValue: "free")
    /// `community-plus`.
    public static let communityPlus = UserTier(rawValue: "community-plus")
    /// `professional`.
    public static let professional = UserTier(rawValue: "professional")
    /// `enterprise`.
    public static let enterprise = UserTier(rawValue: "enterprise")
  }

  /// A right of a user, such as `projects:limits:write`.
  public struct Permission: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// Part of an answer: tutorial type.
  public struct TutorialType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `kws`.
    public static let kws = TutorialType(rawValue: "kws")
    /// `cv`.
    public static let cv = TutorialType(rawValue: "cv")
  }

  /// Part of an answer: public project license.
  public struct PublicProjectLicense: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `Apache-2.0`.
    public static let apache2 = PublicProjectLicense(rawValue: "Apache-2.0")
    /// `BSD-3-Clause`.
    public static let bsd3Clause = PublicProjectLicense(rawValue: "BSD-3-Clause")
    /// `BSD-3-Clause-Clear`.
    public static let bsd3ClauseClear = PublicProjectLicense(rawValue: "BSD-3-Clause-Clear")
  }
}
