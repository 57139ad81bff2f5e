import Foundation
import ProcessingBlocks

/// What `metadata.json` holds: Studio's `DSPMetadata`, and where the features come from.
public struct FeatureSetMetadata: Codable, Sendable, Equatable {
  /// A recording that gave windows, in the order of the rows of X.
  public struct IncludedSample: Codable, Sendable, Equatable {
    public var id: Int
    public var windowCount: Int
  }

  /// How a row of features is to be read.
  public struct Output: Codable, Sendable, Equatable {
    public struct Shape: Codable, Sendable, Equatable {
      public var width: Int
    }
    public var type: String
    public var shape: Shape
  }

  /// Time of generation. Fixed, so that the same input gives the same bytes; see `FeatureGenerator.Options.created`.
  public var created: String
  public var generated: Bool
  /// All parameters, as Studio writes them.
  public var dspConfig: [String: String]
  /// Class labels; label `i` is number `i + 1` in y.
  public var labels: [String]
  /// Names of the features of the first axis; absent for blocks without names.
  public var featureLabels: [String]?
  public var windowCount: Int
  public var featureCount: Int
  public var includedSamples: [IncludedSample]
  public var windowSizeMs: Int
  public var windowIncreaseMs: Int
  public var padZeros: Bool
  /// In Hz.
  public var frequency: Double
  public var outputConfig: Output
  public var fftUsed: [Int]
  public var edgedsp: Provenance

  /// A time as Studio writes it, e.g. `1970-01-01T00:00:00.000Z`.
  static func text(of date: Date) -> String {
    date
      .formatted(.iso8601.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: true))
      + "Z"
  }
}

/// Everything that is needed to tell whether features would come out the same again.
public struct Provenance: Codable, Sendable, Equatable {
  /// A recording that was read.
  public struct Input: Codable, Sendable, Equatable {
    public var id: Int
    public var path: String
    /// Of the file's bytes.
    public var sha256: String
    public var rows: Int
    public var windowCount: Int
  }

  /// A recording that was left out because it cannot be used.
  public struct Skipped: Codable, Sendable, Equatable {
    public var id: Int
    public var path: String
    public var reason: String
  }

  /// Of EdgeDSP.
  public var version: String
  /// SHA-256 over block, version, parameters, axes and window.
  public var configurationHash: String
  /// Arithmetic: `studio` is Studio's own mixture of Float and Double.
  public var precision: String
  public var block: String
  public var blockId: Int
  public var implementationVersion: Int
  public var axes: [String]
  public var category: String
  public var recordings: [Input]
  public var skipped: [Skipped]
}
