import ProcessingBlocks

/// One block with one configuration on one recording.
public struct Workload: Sendable {
  /// What peers are compared on: a name, a block, a window.
  public let id: String
  /// Studio's type string.
  public let type: String
  /// Implementation version.
  public let version: Int
  /// What is not the default.
  public let parameters: [String: ParameterValue]
  /// Rows of a window.
  public let rows: Int
  /// Rows from one window to the next.
  public let hop: Int
  /// Audio, or motion.
  public let isAudio: Bool
  /// Transforms of one window (all axes), their length, and the rows from one to the next; nil without any.
  public let transforms: (count: Int, length: Int, stride: Int)?

  /// As the block sees them.
  public var axes: [String] { isAudio ? ["audio"] : ["accX", "accY", "accZ"] }
  /// In Hz.
  public var frequency: Double { isAudio ? 16_000 : 62.5 }

  /// Checks and plans the block.
  public func makePlan() throws -> any BlockPlan {
    guard let block = BlockRegistry.block(type: type) else { throw UnknownBlock(type: type) }
    return try block.makePlan(
      parameters, version: version, input: SignalShape(frequency: frequency, rows: rows, axes: axes))
  }

  struct UnknownBlock: Error { let type: String }

  /// W1 to W6: motion with filter, motion without, MFCC, MFE, MFE with much overlap, spectrogram, flatten, wavelet.
  public static let all: [Workload] = [
    Workload(
      id: "W1", type: "spectral-analysis", version: 4,
      parameters: [
        "filter-type": .text("low"), "filter-cutoff": .integer(3), "filter-order": .integer(6),
        "fft-length": .integer(16),
      ], rows: 125, hop: 5, isAudio: false, transforms: (48, 16, 8)),
    Workload(
      id: "W1b", type: "spectral-analysis", version: 4, parameters: ["fft-length": .integer(64)], rows: 125, hop: 5,
      isAudio: false, transforms: (12, 64, 32)),
    Workload(
      id: "W2", type: "mfcc", version: 4, parameters: [:], rows: 16_000, hop: 8000, isAudio: true,
      transforms: (50, 256, 320)),
    Workload(
      id: "W3", type: "mfe", version: 4, parameters: [:], rows: 16_000, hop: 8000, isAudio: true,
      transforms: (99, 256, 160)),
    Workload(
      id: "W3b", type: "mfe", version: 4, parameters: [:], rows: 16_000, hop: 1600, isAudio: true,
      transforms: (99, 256, 160)),
    Workload(
      id: "W4", type: "spectrogram", version: 4, parameters: [:], rows: 16_000, hop: 8000, isAudio: true,
      transforms: (99, 128, 160)),
    Workload(
      id: "W5", type: "flatten", version: 1, parameters: [:], rows: 125, hop: 5, isAudio: false, transforms: nil),
    Workload(
      id: "W6", type: "spectral-analysis", version: 4,
      parameters: ["analysis-type": .text("Wavelet"), "wavelet-level": .integer(2)], rows: 250, hop: 5,
      isAudio: false, transforms: nil),
  ]
}
