extension Studio {
  /// A recording in Studio, without its values.
  public struct Sample: StudioModel {
    /// Its id.
    public var id: Int
    /// Name without the extension.
    public var filename: String
    /// Whether the signature is valid.
    public var signatureValidate: Bool
    /// Method of the signature.
    public var signatureMethod: String?
    /// Key of the signature.
    public var signatureKey: String?
    /// When it was created.
    public var created: Timestamp
    /// When it changed last.
    public var lastModified: Timestamp
    /// Part of the dataset.
    public var category: RawDataCategory
    /// Path in Studio's storage: the name, then hash, node and extension.
    public var coldstorageFilename: String
    /// Its label.
    public var label: String
    /// Time between rows, in milliseconds.
    public var intervalMs: Double
    /// Rate, in hertz.
    public var frequency: Double
    /// Time between rows as uploaded, in milliseconds; 0 for pictures and tables.
    public var originalIntervalMs: Double
    /// Rate as uploaded, in hertz.
    public var originalFrequency: Double
    /// Unique name of the device.
    public var deviceName: String?
    /// Type of the device.
    public var deviceType: String
    /// One per column.
    public var sensors: [Sensor]
    /// Number of rows.
    public var valuesCount: Int
    /// Duration, in milliseconds.
    public var totalLengthMs: Double?
    /// When it was added.
    public var added: Timestamp
    /// Labelled parts of a picture.
    public var boundingBoxes: [BoundingBox]
    /// Bounding boxes type. One of `object_detection`, `constrained_object_detection`.
    public var boundingBoxesType: String
    /// Chart type. One of `chart`, `image`, `video`, `table`.
    public var chartType: String
    /// Thumbnail video.
    public var thumbnailVideo: String?
    /// Thumbnail video full.
    public var thumbnailVideoFull: String?
    /// Whether it is left out of training and testing.
    public var isDisabled: Bool
    /// Whether a job works on it.
    public var isProcessing: Bool
    /// Id of the processing job.
    public var processingJobId: Int?
    /// Whether processing failed.
    public var processingError: Bool
    /// Why processing failed.
    public var processingErrorString: String?
    /// Whether it is a crop of a longer one.
    public var isCropped: Bool
    /// Metadata by key.
    public var metadata: [String: String]?
    /// Id of the project.
    public var projectId: Int
    /// Project owner name.
    public var projectOwnerName: String?
    /// Project name.
    public var projectName: String?
    /// Project labeling method.
    public var projectLabelingMethod: ProjectLabelingMethod?
    /// SHA-256 of the stored file, in hexadecimal digits.
    public var sha256Hash: String
    /// Labels for ranges of rows.
    public var structuredLabels: [StructuredLabel]?
    /// Distinct labels of the ranges.
    public var structuredLabelsList: [String]?
    /// Id of the job that synthesised it.
    public var createdBySyntheticDataJobId: Int?
    /// Image dimensions.
    public var imageDimensions: SampleDatastreamImageDimensions?
    /// Video url.
    public var videoUrl: String?
    /// Video url full.
    public var videoUrlFull: String?
    /// Labels by key.
    public var labelMap: SampleLabelMapLabels?
    /// Who changed it last.
    public var lastUpdatedBy: SampleLastUpdatedBy?
    /// Streams of the recording; a plain one has one.
    public var datastreams: [SampleDatastream]

    /// Creates the value from its fields.
    public init(
      id: Int, filename: String, signatureValidate: Bool, signatureMethod: String? = nil, signatureKey: String? = nil,
      created: Timestamp, lastModified: Timestamp, category: RawDataCategory, coldstorageFilename: String,
      label: String, intervalMs: Double, frequency: Double, originalIntervalMs: Double, originalFrequency: Double,
      deviceName: String? = nil, deviceType: String, sensors: [Sensor], valuesCount: Int, totalLengthMs: Double? = nil,
      added: Timestamp, boundingBoxes: [BoundingBox], boundingBoxesType: String, chartType: String,
      thumbnailVideo: String? = nil, thumbnailVideoFull: String? = nil, isDisabled: Bool, isProcessing: Bool,
      processingJobId: Int? = nil, processingError: Bool, processingErrorString: String? = nil, isCropped: Bool,
      metadata: [String: String]? = nil, projectId: Int, projectOwnerName: String? = nil, projectName: String? = nil,
      projectLabelingMethod: ProjectLabelingMethod? = nil, sha256Hash: String,
      structuredLabels: [StructuredLabel]? = nil, structuredLabelsList: [String]? = nil,
      createdBySyntheticDataJobId: Int? = nil, imageDimensions: SampleDatastreamImageDimensions? = nil,
      videoUrl: String? = nil, videoUrlFull: String? = nil, labelMap: SampleLabelMapLabels? = nil,
      lastUpdatedBy: SampleLastUpdatedBy? = nil, datastreams: [SampleDatastream]
    ) {
      self.id = id
      self.filename = filename
      self.signatureValidate = signatureValidate
      self.signatureMethod = signatureMethod
      self.signatureKey = signatureKey
      self.created = created
      self.lastModified = lastModified
      self.category = category
      self.coldstorageFilename = coldstorageFilename
      self.label = label
      self.intervalMs = intervalMs
      self.frequency = frequency
      self.originalIntervalMs = originalIntervalMs
      self.originalFrequency = originalFrequency
      self.deviceName = deviceName
      self.deviceType = deviceType
      self.sensors = sensors
      self.valuesCount = valuesCount
      self.totalLengthMs = totalLengthMs
      self.added = added
      self.boundingBoxes = boundingBoxes
      self.boundingBoxesType = boundingBoxesType
      self.chartType = chartType
      self.thumbnailVideo = thumbnailVideo
      self.thumbnailVideoFull = thumbnailVideoFull
      self.isDisabled = isDisabled
      self.isProcessing = isProcessing
      self.processingJobId = processingJobId
      self.processingError = processingError
      self.processingErrorString = processingErrorString
      self.isCropped = isCropped
      self.metadata = metadata
      self.projectId = projectId
      self.projectOwnerName = projectOwnerName
      self.projectName = projectName
      self.projectLabelingMethod = projectLabelingMethod
      self.sha256Hash = sha256Hash
      self.structuredLabels = structuredLabels
      self.structuredLabelsList = structuredLabelsList
      self.createdBySyntheticDataJobId = createdBySyntheticDataJobId
      self.imageDimensions = imageDimensions
      self.videoUrl = videoUrl
      self.videoUrlFull = videoUrlFull
      self.labelMap = labelMap
      self.lastUpdatedBy = lastUpdatedBy
      self.datastreams = datastreams
    }
  }
}
