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
  }

  /// Part of an answer: device sensors.
  public struct DeviceSensors: StudioModel {
    /// Its name.
    public var name: String
    /// Longest recording, in seconds.
    public var maxSampleLengthS: Int
    /// Frequencies.
    public var frequencies: [Double]
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
  }

  /// A range; ends that are absent are open.
  public struct ResourceRange: StudioModel {
    /// Lower end.
    public var minimum: Double?
    /// Upper end.
    public var maximum: Double?
  }

  /// Part of an answer: target memory.
  public struct TargetMemory: StudioModel {
    /// Peak memory, in bytes.
    public var ram: MemorySpec?
    /// Read-only memory, in bytes.
    public var rom: MemorySpec?
  }

  /// Part of an answer: memory spec.
  public struct MemorySpec: StudioModel {
    /// Fast memory, in bytes.
    public var fastBytes: ResourceRange?
    /// Slow memory, in bytes.
    public var slowBytes: ResourceRange?
  }

  /// Part of an answer: application budget.
  public struct ApplicationBudget: StudioModel {
    /// Latency per inference, in milliseconds.
    public var latencyPerInferenceMs: ResourceRange?
    /// Energy per inference, in joules.
    public var energyPerInferenceJoules: ResourceRange?
    /// Memory overhead.
    public var memoryOverhead: TargetMemory?
  }
}
