extension Studio {
  /// Who made a block.
  public struct BlockType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `official`.
    public static let official = BlockType(rawValue: "official")
    /// `personal`.
    public static let personal = BlockType(rawValue: "personal")
    /// `enterprise`.
    public static let enterprise = BlockType(rawValue: "enterprise")
    /// `community`.
    public static let community = BlockType(rawValue: "community")
  }

  /// Kind of an input block.
  public struct InputBlockType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `time-series`.
    public static let timeSeries = InputBlockType(rawValue: "time-series")
    /// `image`.
    public static let image = InputBlockType(rawValue: "image")
    /// `features`.
    public static let features = InputBlockType(rawValue: "features")
  }

  /// Part of an answer: block display category.
  public struct BlockDisplayCategory: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `classical`.
    public static let classical = BlockDisplayCategory(rawValue: "classical")
    /// `tao`.
    public static let tao = BlockDisplayCategory(rawValue: "tao")
    /// `developer-preview`.
    public static let developerPreview = BlockDisplayCategory(rawValue: "developer-preview")
  }

  /// Part of an answer: public project tier availability.
  public struct PublicProjectTierAvailability: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `enterprise-only`.
    public static let enterpriseOnly = PublicProjectTierAvailability(rawValue: "enterprise-only")
    /// `all-projects`.
    public static let allProjects = PublicProjectTierAvailability(rawValue: "all-projects")
    /// `all-projects-including-whitelabels`.
    public static let allProjectsIncludingWhitelabels = PublicProjectTierAvailability(
      rawValue: "all-projects-including-whitelabels")
  }

  /// Part of an answer: post processing block type.
  public struct PostProcessingBlockType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `object-tracking`.
    public static let objectTracking = PostProcessingBlockType(rawValue: "object-tracking")
    /// `sort-object-tracking`.
    public static let sortObjectTracking = PostProcessingBlockType(rawValue: "sort-object-tracking")
  }

  /// How a picture is fitted.
  public struct ImageInputResizeMode: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `squash`.
    public static let squash = ImageInputResizeMode(rawValue: "squash")
    /// `fit-short`.
    public static let fitShort = ImageInputResizeMode(rawValue: "fit-short")
    /// `fit-long`.
    public static let fitLong = ImageInputResizeMode(rawValue: "fit-long")
    /// `crop`.
    public static let crop = ImageInputResizeMode(rawValue: "crop")
  }

  /// Part of an answer: experimental impulse specific gpu training processor.
  public struct ExperimentalImpulseSpecificGpuTrainingProcessor: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `cpu`.
    public static let cpu = ExperimentalImpulseSpecificGpuTrainingProcessor(rawValue: "cpu")
    /// `gpu`.
    public static let gpu = ExperimentalImpulseSpecificGpuTrainingProcessor(rawValue: "gpu")
  }

  /// Kind of a learning block.
  public struct LearnBlockType: OpenValue {
    /// The text on the wire.
    public var rawValue: String
    /// Any text, also one that has no name here.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// `anomaly`.
    public static let anomaly = LearnBlockType(rawValue: "anomaly")
    /// `anomaly-gmm`.
    public static let anomalyGmm = LearnBlockType(rawValue: "anomaly-gmm")
    /// `keras`.
    public static let keras = LearnBlockType(rawValue: "keras")
    /// `keras-transfer-image`.
    public static let kerasTransferImage = LearnBlockType(rawValue: "keras-transfer-image")
    /// `keras-transfer-kws`.
    public static let kerasTransferKws = LearnBlockType(rawValue: "keras-transfer-kws")
    /// `keras-object-detection`.
    public static let kerasObjectDetection = LearnBlockType(rawValue: "keras-object-detection")
    /// `keras-regression`.
    public static let kerasRegression = LearnBlockType(rawValue: "keras-regression")
    /// `keras-akida`.
    public static let kerasAkida = LearnBlockType(rawValue: "keras-akida")
    /// `keras-akida-transfer-image`.
    public static let kerasAkidaTransferImage = LearnBlockType(rawValue: "keras-akida-transfer-image")
    /// `keras-akida-object-detection`.
    public static let kerasAkidaObjectDetection = LearnBlockType(rawValue: "keras-akida-object-detection")
    /// `keras-visual-anomaly`.
    public static let kerasVisualAnomaly = LearnBlockType(rawValue: "keras-visual-anomaly")
    /// `keras-freeform`.
    public static let kerasFreeform = LearnBlockType(rawValue: "keras-freeform")
    /// `keras-anomaly`.
    public static let kerasAnomaly = LearnBlockType(rawValue: "keras-anomaly")
    /// `vlm`.
    public static let vlm = LearnBlockType(rawValue: "vlm")
  }
}
