extension Studio {
  /// A device that sends recordings.
  public struct Device: StudioModel {
    /// Its id.
    public var id: Int
    /// Unique name of the device.
    public var deviceId: String
    /// When it was created.
    public var created: Timestamp
    /// When it was last seen.
    public var lastSeen: Timestamp
    /// Its name.
    public var name: String
    /// Type of the device.
    public var deviceType: String
    /// One per column.
    public var sensors: [DeviceSensors]
    /// Whether the device is connected.
    public var remoteManagementConnected: Bool
    /// Host that the device is connected to.
    public var remoteManagementHost: String?
    /// Whether the device streams snapshots.
    public var supportsSnapshotStreaming: Bool
    /// Remote mgmt mode. One of `disconnected`, `ingestion`, `inference`.
    public var remoteMgmtMode: String
    /// Inference info.
    public var inferenceInfo: DeviceInferenceInfo?

    private enum CodingKeys: String, CodingKey {
      case id, deviceId, created, lastSeen, name, deviceType, sensors, supportsSnapshotStreaming,
        remoteMgmtMode, inferenceInfo
      case remoteManagementConnected = "remote_mgmt_connected"
      case remoteManagementHost = "remote_mgmt_host"
    }

    /// Creates the value from its fields.
    public init(
      id: Int, deviceId: String, created: Timestamp, lastSeen: Timestamp, name: String, deviceType: String,
      sensors: [DeviceSensors], remoteManagementConnected: Bool, remoteManagementHost: String? = nil,
      supportsSnapshotStreaming: Bool, remoteMgmtMode: String, inferenceInfo: DeviceInferenceInfo? = nil
    ) {
      self.id = id
      self.deviceId = deviceId
      self.created = created
      self.lastSeen = lastSeen
      self.name = name
      self.deviceType = deviceType
      self.sensors = sensors
      self.remoteManagementConnected = remoteManagementConnected
      self.remoteManagementHost = remoteManagementHost
      self.supportsSnapshotStreaming = supportsSnapshotStreaming
      self.remoteMgmtMode = remoteMgmtMode
      self.inferenceInfo = inferenceInfo
    }
  }

  /// Part of an answer: device sensors.
  public struct DeviceSensors: StudioModel {
    /// Its name.
    public var name: String
    /// Longest recording, in seconds.
    public var maxSampleLengthS: Int
    /// Frequencies.
    public var frequencies: [Double]

    /// Creates the value from its fields.
    public init(
      name: String, maxSampleLengthS: Int, frequencies: [Double]
    ) {
      self.name = name
      self.maxSampleLengthS = maxSampleLengthS
      self.frequencies = frequencies
    }
  }

  /// Part of an answer: device inference info.
  public struct DeviceInferenceInfo: StudioModel {
    /// Id of the project.
    public var projectId: Int
    /// Project owner.
    public var projectOwner: String
    /// Project name.
    public var projectName: String
    /// Deployed version.
    public var deployedVersion: Int
    /// Model type. One of `classification`, `objectDetection`, `constrainedObjectDetection`.
    public var modelType: String?

    /// Creates the value from its fields.
    public init(
      projectId: Int, projectOwner: String, projectName: String, deployedVersion: Int, modelType: String? = nil
    ) {
      self.projectId = projectId
      self.projectOwner = projectOwner
      self.projectName = projectName
      self.deployedVersion = deployedVersion
      self.modelType = modelType
    }
  }
}
