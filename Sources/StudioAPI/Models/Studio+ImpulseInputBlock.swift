extension Studio {
  /// How recordings are cut into windows, or pictures resized.
  public struct ImpulseInputBlock: OpenModel {
    /// Its id.
    public var id: Int
    /// Its kind.
    public var type: InputBlockType
    /// Its name.
    public var name: String
    /// Title that Studio shows.
    public var title: String
    /// Names of the axes that it takes.
    public var axes: [String]?
    /// Length of a window, in milliseconds.
    public var windowSizeMs: Int?
    /// Stride between windows, in milliseconds.
    public var windowIncreaseMs: Int?
    /// Rate, in hertz.
    public var frequencyHz: Double?
    /// Stride between windows in classification, in milliseconds.
    public var classificationWindowIncreaseMs: Int?
    /// Whether short recordings are padded with zeros to one window.
    public var padZeros: Bool?
    /// Rule for the label of a window in a recording with several.
    public var labelingMethodMultiLabel: ImpulseInputBlockLabelingMethodMultiLabel?
    /// Width of the picture, in pixels.
    public var imageWidth: Int?
    /// Height of the picture, in pixels.
    public var imageHeight: Int?
    /// How a picture is fitted.
    public var resizeMode: ImageInputResizeMode?
    /// Interpolation of pictures. One of `lanczos3`, `nearest`.
    public var resizeMethod: String?
    /// Part of the picture that a crop keeps. One of `top-left`, `top-center`, `top-right`, `middle-left`, `middle-
    /// center`, `middle-right`, `bottom-left`, `bottom-center`, `bottom-right`.
    public var cropAnchor: String?
    /// How it came to be.
    public var createdBy: String?
    /// When it was created.
    public var createdAt: Timestamp?
    /// Part of the dataset in use.
    public var datasetSubset: ImpulseInputBlockDatasetSubset?
    /// Whether it is the one that counts among its versions; clients up to 1.54 ask for it.
    public var primaryVersion: Bool?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(
      id: Int, type: InputBlockType, name: String, title: String, axes: [String]? = nil,
      windowSizeMs: Int? =
        nil, windowIncreaseMs: Int? = nil, frequencyHz: Double? = nil, classificationWindowIncreaseMs: Int? = nil,
      padZeros: Bool? = nil, labelingMethodMultiLabel: ImpulseInputBlockLabelingMethodMultiLabel? = nil,
      imageWidth: Int? = nil, imageHeight: Int? = nil, resizeMode: ImageInputResizeMode? = nil,
      resizeMethod:
        String? = nil, cropAnchor: String? = nil, createdBy: String? = nil, createdAt: Timestamp? = nil,
      datasetSubset: ImpulseInputBlockDatasetSubset? = nil, primaryVersion: Bool? = nil
    ) {
      self.id = id
      self.type = type
      self.name = name
      self.title = title
      self.axes = axes
      self.windowSizeMs = windowSizeMs
      self.windowIncreaseMs = windowIncreaseMs
      self.frequencyHz = frequencyHz
      self.classificationWindowIncreaseMs = classificationWindowIncreaseMs
      self.padZeros = padZeros
      self.labelingMethodMultiLabel = labelingMethodMultiLabel
      self.imageWidth = imageWidth
      self.imageHeight = imageHeight
      self.resizeMode = resizeMode
      self.resizeMethod = resizeMethod
      self.cropAnchor = cropAnchor
      self.createdBy = createdBy
      self.createdAt = createdAt
      self.datasetSubset = datasetSubset
      self.primaryVersion = primaryVersion
    }
  }

  /// Part of an answer: impulse input block labeling method multi label.
  public struct ImpulseInputBlockLabelingMethodMultiLabel: OpenModel {
    /// Its kind. One of `end-of-window`, `anywhere-in-window`, `anywhere-in-window-min-percentage`, `majority-in-
    /// window`.
    public var type: String
    /// Label names.
    public var labels: [String]?
    /// Share of the window that a label must cover, in percent.
    public var minPercentage: Double?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(type: String, labels: [String]? = nil, minPercentage: Double? = nil) {
      self.type = type
      self.labels = labels
      self.minPercentage = minPercentage
    }
  }

  /// Part of an answer: impulse input block dataset subset.
  public struct ImpulseInputBlockDatasetSubset: OpenModel {
    /// Share of the recordings, in percent.
    public var includePercentage: Double
    /// Seed of the draw.
    public var seed: Int?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(includePercentage: Double, seed: Int? = nil) {
      self.includePercentage = includePercentage
      self.seed = seed
    }
  }
}
