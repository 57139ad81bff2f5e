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

  /// A processor for which latency is estimated.
  public struct LatencyDevice: StudioModel {
    /// Processor.
    public var mcu: String
    /// Its name.
    public var name: String
    /// Whether it is selected.
    public var selected: Bool
    /// Relative latency in int8.
    public var int8Latency: Double
    /// Relative latency of int8 convolutions.
    public var int8ConvLatency: Double
    /// Relative latency in float32.
    public var float32Latency: Double
    /// Relative latency of float32 convolutions.
    public var float32ConvLatency: Double
    /// Help text.
    public var helpText: String

    /// Creates the value from its fields.
    public init(
      mcu: String, name: String, selected: Bool, int8Latency: Double, int8ConvLatency: Double, float32Latency: Double,
      float32ConvLatency: Double, helpText: String
    ) {
      self.mcu = mcu
      self.name = name
      self.selected = selected
      self.int8Latency = int8Latency
      self.int8ConvLatency = int8ConvLatency
      self.float32Latency = float32Latency
      self.float32ConvLatency = float32ConvLatency
      self.helpText = helpText
    }
  }

  /// Part of an answer: target constraints.
  public struct TargetConstraints: StudioModel {
    /// Selected target based on. One of `user-configured`, `default`, `default-accepted`, `recent-project`, `connected-
    /// device`.
    public var selectedTargetBasedOn: String?
    /// Target devices.
    public var targetDevices: [TargetConstraintsDevice]
    /// Application budgets.
    public var applicationBudgets: [ApplicationBudget]

    /// Creates the value from its fields.
    public init(
      selectedTargetBasedOn: String? = nil, targetDevices: [TargetConstraintsDevice],
      applicationBudgets: [ApplicationBudget]
    ) {
      self.selectedTargetBasedOn = selectedTargetBasedOn
      self.targetDevices = targetDevices
      self.applicationBudgets = applicationBudgets
    }
  }

  /// Part of an answer: target constraints device.
  public struct TargetConstraintsDevice: StudioModel {
    /// Processors.
    public var processors: [TargetProcessor]?
    /// Board.
    public var board: String?
    /// Its name.
    public var name: String?
    /// Latency device.
    public var latencyDevice: String?

    /// Creates the value from its fields.
    public init(
      processors: [TargetProcessor]? = nil, board: String? = nil, name: String? = nil, latencyDevice: String? = nil
    ) {
      self.processors = processors
      self.board = board
      self.name = name
      self.latencyDevice = latencyDevice
    }
  }

  /// Part of an answer: target processor.
  public struct TargetProcessor: StudioModel {
    /// Part number.
    public var part: String?
    /// Format.
    public var format: String?
    /// Architecture.
    public var architecture: String?
    /// Specific architecture.
    public var specificArchitecture: String?
    /// Accelerator.
    public var accelerator: String?
    /// Whether there is a floating-point unit.
    public var fpu: Bool?
    /// Clock rate, in megahertz.
    public var clockRateMhz: ResourceRange?
    /// Memory.
    public var memory: TargetMemory?

    /// Creates the value from its fields.
    public init(
      part: String? = nil, format: String? = nil, architecture: String? = nil, specificArchitecture: String? = nil,
      accelerator: String? = nil, fpu: Bool? = nil, clockRateMhz: ResourceRange? = nil, memory: TargetMemory? = nil
    ) {
      self.part = part
      self.format = format
      self.architecture = architecture
      self.specificArchitecture = specificArchitecture
      self.accelerator = accelerator
      self.fpu = fpu
      self.clockRateMhz = clockRateMhz
      self.memory = memory
    }
  }

  /// A range; ends that are absent are open.
  public struct ResourceRange: StudioModel {
    /// Lower end.
    public var minimum: Double?
    /// Upper end.
    public var maximum: Double?

    /// Creates the value from its fields.
    public init(
      minimum: Double? = nil, maximum: Double? = nil
    ) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// Part of an answer: target memory.
  public struct TargetMemory: StudioModel {
    /// Peak memory, in bytes.
    public var ram: MemorySpec?
    /// Read-only memory, in bytes.
    public var rom: MemorySpec?

    /// Creates the value from its fields.
    public init(
      ram: MemorySpec? = nil, rom: MemorySpec? = nil
    ) {
      self.ram = ram
      self.rom = rom
    }
  }

  /// Part of an answer: memory spec.
  public struct MemorySpec: StudioModel {
    /// Fast memory, in bytes.
    public var fastBytes: ResourceRange?
    /// Slow memory, in bytes.
    public var slowBytes: ResourceRange?

    /// Creates the value from its fields.
    public init(
      fastBytes: ResourceRange? = nil, slowBytes: ResourceRange? = nil
    ) {
      self.fastBytes = fastBytes
      self.slowBytes = slowBytes
    }
  }

  /// Part of an answer: application budget.
  public struct ApplicationBudget: StudioModel {
    /// Latency per inference, in milliseconds.
    public var latencyPerInferenceMs: ResourceRange?
    /// Energy per inference, in joules.
    public var energyPerInferenceJoules: ResourceRange?
    /// Memory overhead.
    public var memoryOverhead: TargetMemory?

    /// Creates the value from its fields.
    public init(
      latencyPerInferenceMs: ResourceRange? = nil, energyPerInferenceJoules: ResourceRange? = nil,
      memoryOverhead: TargetMemory? = nil
    ) {
      self.latencyPerInferenceMs = latencyPerInferenceMs
      self.energyPerInferenceJoules = energyPerInferenceJoules
      self.memoryOverhead = memoryOverhead
    }
  }
}
