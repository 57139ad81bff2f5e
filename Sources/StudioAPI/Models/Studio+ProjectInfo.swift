extension Studio {
  /// Answer: project info.
  public struct ProjectInfoResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// The project.
    public var project: Project
    /// Development keys.
    public var developmentKeys: DevelopmentKeys
    /// The impulse; absent where the project has none.
    public var impulse: ProjectInfoResponseImpulse
    /// Devices.
    public var devices: [Device]
    /// Data summary.
    public var dataSummary: ProjectDataSummary
    /// Data summary per category.
    public var dataSummaryPerCategory: ProjectInfoResponseDataSummaryPerCategory
    /// Time that the job took, in seconds.
    public var computeTime: ProjectInfoResponseComputeTime
    /// Acquisition settings.
    public var acquisitionSettings: ProjectInfoResponseAcquisitionSettings
    /// Collaborators.
    public var collaborators: [User]
    /// Deploy settings.
    public var deploySettings: ProjectInfoResponseDeploySettings
    /// Experiments.
    public var experiments: [ProjectInfoResponseExperiments]
    /// Latency devices.
    public var latencyDevices: [LatencyDevice]
    /// Addresses.
    public var urls: ProjectInfoResponseURLs
    /// Whether Studio suggests a first impulse.
    public var showCreateFirstImpulse: Bool
    /// State of the first-steps wizard.
    public var showGettingStartedWizard: ProjectInfoResponseShowGettingStartedWizard
    /// Estimated latency and memory.
    public var performance: ProjectInfoResponsePerformance
    /// Readme.
    public var readme: ProjectInfoResponseReadme?
    /// Ids of the users who hear of the train job.
    public var trainJobNotificationUids: [Int]
    /// Ids of the users who hear of the dsp job.
    public var dspJobNotificationUids: [Int]
    /// Ids of the users who hear of the model testing job.
    public var modelTestingJobNotificationUids: [Int]
    /// Ids of the users who hear of the export job.
    public var exportJobNotificationUids: [Int]
    /// Whether there is data that the model has not seen.
    public var hasNewTrainingData: Bool
    /// Settings of the CSV wizard, as they came.
    public var csvImportConfig: [String: JSONValue]?
    /// Studio url.
    public var studioUrl: String
    /// Whether the project holds a model brought along.
    public var inPretrainedModelFlow: Bool
    /// Rows that a block gets at a time.
    public var dspPageSize: Int?
    /// Window job concurrency.
    public var windowJobConcurrency: Int?
    /// Whether graphs show values.
    public var showSensorDataInAcquisitionGraph: Bool
    /// Target constraints.
    public var targetConstraints: TargetConstraints?
    /// Notifications.
    public var notifications: [String]
    /// Id of the default impulse.
    public var defaultImpulseId: Int?
    /// Last shown model engine.
    public var lastShownModelEngine: ModelEngineShort?
    /// Versioning storage size, in mebibytes.
    public var versioningStorageSizeMib: Int?
    /// Anomaly labels config.
    public var anomalyLabelsConfig: AnomalyLabelsConfig?
    /// Dataset split options.
    public var datasetSplitOptions: DatasetSplitOptions?
    /// Whether there is a validation set of its own.
    public var explicitValidationEnabled: Bool?
    /// Ids of the users who hear of the segmenting job; clients up to 1.54 ask for it.
    public var autoSegmenterJobNotificationUids: [Int]?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, project: Project, developmentKeys: DevelopmentKeys,
      impulse: ProjectInfoResponseImpulse, devices: [Device], dataSummary: ProjectDataSummary,
      dataSummaryPerCategory: ProjectInfoResponseDataSummaryPerCategory, computeTime: ProjectInfoResponseComputeTime,
      acquisitionSettings: ProjectInfoResponseAcquisitionSettings, collaborators: [User],
      deploySettings: ProjectInfoResponseDeploySettings, experiments: [ProjectInfoResponseExperiments],
      latencyDevices: [LatencyDevice], urls: ProjectInfoResponseURLs, showCreateFirstImpulse: Bool,
      showGettingStartedWizard: ProjectInfoResponseShowGettingStartedWizard,
      performance: ProjectInfoResponsePerformance, readme: ProjectInfoResponseReadme? = nil,
      trainJobNotificationUids: [Int], dspJobNotificationUids: [Int], modelTestingJobNotificationUids: [Int],
      exportJobNotificationUids: [Int], hasNewTrainingData: Bool, csvImportConfig: [String: JSONValue]? = nil,
      studioUrl: String, inPretrainedModelFlow: Bool, dspPageSize: Int? = nil, windowJobConcurrency: Int? = nil,
      showSensorDataInAcquisitionGraph: Bool, targetConstraints: TargetConstraints? = nil, notifications: [String],
      defaultImpulseId: Int? = nil, lastShownModelEngine: ModelEngineShort? = nil, versioningStorageSizeMib: Int? = nil,
      anomalyLabelsConfig: AnomalyLabelsConfig? = nil, datasetSplitOptions: DatasetSplitOptions? = nil,
      explicitValidationEnabled: Bool? = nil, autoSegmenterJobNotificationUids: [Int]? = nil
    ) {
      self.success = success
      self.error = error
      self.project = project
      self.developmentKeys = developmentKeys
      self.impulse = impulse
      self.devices = devices
      self.dataSummary = dataSummary
      self.dataSummaryPerCategory = dataSummaryPerCategory
      self.computeTime = computeTime
      self.acquisitionSettings = acquisitionSettings
      self.collaborators = collaborators
      self.deploySettings = deploySettings
      self.experiments = experiments
      self.latencyDevices = latencyDevices
      self.urls = urls
      self.showCreateFirstImpulse = showCreateFirstImpulse
      self.showGettingStartedWizard = showGettingStartedWizard
      self.performance = performance
      self.readme = readme
      self.trainJobNotificationUids = trainJobNotificationUids
      self.dspJobNotificationUids = dspJobNotificationUids
      self.modelTestingJobNotificationUids = modelTestingJobNotificationUids
      self.exportJobNotificationUids = exportJobNotificationUids
      self.hasNewTrainingData = hasNewTrainingData
      self.csvImportConfig = csvImportConfig
      self.studioUrl = studioUrl
      self.inPretrainedModelFlow = inPretrainedModelFlow
      self.dspPageSize = dspPageSize
      self.windowJobConcurrency = windowJobConcurrency
      self.showSensorDataInAcquisitionGraph = showSensorDataInAcquisitionGraph
      self.targetConstraints = targetConstraints
      self.notifications = notifications
      self.defaultImpulseId = defaultImpulseId
      self.lastShownModelEngine = lastShownModelEngine
      self.versioningStorageSizeMib = versioningStorageSizeMib
      self.anomalyLabelsConfig = anomalyLabelsConfig
      self.datasetSplitOptions = datasetSplitOptions
      self.explicitValidationEnabled = explicitValidationEnabled
      self.autoSegmenterJobNotificationUids = autoSegmenterJobNotificationUids
    }
  }

  /// Part of an answer: project info response impulse.
  public struct ProjectInfoResponseImpulse: StudioModel {
    /// Whether there is an impulse.
    public var created: Bool
    /// Whether all blocks are configured.
    public var configured: Bool
    /// Whether all blocks are trained.
    public var complete: Bool

    /// Creates the value from its fields.
    public init(
      created: Bool, configured: Bool, complete: Bool
    ) {
      self.created = created
      self.configured = configured
      self.complete = complete
    }
  }

  /// Part of an answer: project info response UR ls.
  public struct ProjectInfoResponseURLs: StudioModel {
    /// Mobile client.
    public var mobileClient: String?
    /// Mobile client computer.
    public var mobileClientComputer: String?
    /// Mobile client inference.
    public var mobileClientInference: String?

    /// Creates the value from its fields.
    public init(
      mobileClient: String? = nil, mobileClientComputer: String? = nil, mobileClientInference: String? = nil
    ) {
      self.mobileClient = mobileClient
      self.mobileClientComputer = mobileClientComputer
      self.mobileClientInference = mobileClientInference
    }
  }

  /// Part of an answer: project info response show getting started wizard.
  public struct ProjectInfoResponseShowGettingStartedWizard: StudioModel {
    /// Whether the wizard is shown.
    public var showWizard: Bool
    /// Step of the wizard.
    public var step: Int
    /// Tutorial.
    public var tutorial: TutorialType?
    /// Class names.
    public var classes: [JSONValue]?

    /// Creates the value from its fields.
    public init(
      showWizard: Bool, step: Int, tutorial: TutorialType? = nil, classes: [JSONValue]? = nil
    ) {
      self.showWizard = showWizard
      self.step = step
      self.tutorial = tutorial
      self.classes = classes
    }
  }

  /// Part of an answer: project info response performance.
  public struct ProjectInfoResponsePerformance: StudioModel {
    /// Whether there is a GPU.
    public var gpu: Bool
    /// Longest job, in minutes.
    public var jobLimitM: Int
    /// Largest features file, in megabytes.
    public var dspFileSizeMb: Int
    /// Whether enterprise limits apply.
    public var enterprisePerformance: Bool
    /// Memory of training jobs, in megabytes.
    public var trainJobRamMb: Int

    /// Creates the value from its fields.
    public init(
      gpu: Bool, jobLimitM: Int, dspFileSizeMb: Int, enterprisePerformance: Bool, trainJobRamMb: Int
    ) {
      self.gpu = gpu
      self.jobLimitM = jobLimitM
      self.dspFileSizeMb = dspFileSizeMb
      self.enterprisePerformance = enterprisePerformance
      self.trainJobRamMb = trainJobRamMb
    }
  }

  /// Part of an answer: project info response readme.
  public struct ProjectInfoResponseReadme: StudioModel {
    /// The text, as Markdown.
    public var markdown: String
    /// The text, as HTML.
    public var html: String

    /// Creates the value from its fields.
    public init(
      markdown: String, html: String
    ) {
      self.markdown = markdown
      self.html = html
    }
  }
}
