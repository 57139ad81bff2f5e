import Foundation
import ProcessingBlocks

/// What `metadata.json` holds: Studio's `DSPMetadata`, and where the features come from.
struct FeatureSetMetadata: Codable, Sendable, Equatable {
  /// A recording that gave windows, in the order of the rows of X.
  struct IncludedSample: Codable, Sendable, Equatable {
    var id: Int
    var windowCount: Int
  }

  /// How a row of features is to be read.
  struct Output: Codable, Sendable, Equatable {
    var type: String
    /// Numbers by Studio's names: width, and height, channels, frames where they apply.
    var shape: [String: Double]
  }

  /// Time of generation. Fixed, so that the same input gives the same bytes; see `FeatureGenerator.Options.created`.
  var created: String
  var generated: Bool
  /// All parameters, as Studio writes them.
  var dspConfig: [String: String]
  /// Class labels; label `i` is number `i + 1` in y.
  var labels: [String]
  /// Names of the features of the first axis; absent for blocks without names.
  var featureLabels: [String]?
  var windowCount: Int
  var featureCount: Int
  var includedSamples: [IncludedSample]
  var windowSizeMs: Int
  var windowIncreaseMs: Int
  var padZeros: Bool
  /// In Hz.
  var frequency: Double
  var outputConfig: Output
  var fftUsed: [Int]
  var edgedsp: Provenance

  /// A time as Studio writes it, e.g. `1970-01-01T00:00:00.000Z`.
  static func text(of date: Date) -> String {
    date
      .formatted(.iso8601.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: true))
      + "Z"
  }
}

/// Everything that is needed to tell whether features would come out the same again.
struct Provenance: Codable, Sendable, Equatable {
  /// A recording that was read.
  struct Input: Codable, Sendable, Equatable {
    var id: Int
    var path: String
    /// Hash of the file's bytes, as `xxhsum -H2` prints it behind `xxh128:`.
    var fingerprint: String
    /// The same of the file that describes a NumPy array; absent for other formats.
    var sidecarFingerprint: String?
    /// As the file has them, before any resampling.
    var rows: Int
    var windowCount: Int
    /// Absent where nothing was resampled.
    var resampled: Resampled?
  }

  /// How a recording came to the impulse's rate.
  struct Resampled: Codable, Sendable, Equatable {
    /// The recording's rate in Hz.
    var fromFrequency: Double
    /// What was resampled: the recording as a whole, or each window.
    var stage: ResamplingStage
    /// Rows of it before.
    var fromRows: Int
    /// Rows of it after.
    var toRows: Int

    init(_ resampling: Resampling) {
      fromFrequency = resampling.frequency
      stage = resampling.stage
      fromRows = resampling.sourceRows
      toRows = resampling.rows
    }
  }

  /// A recording that was left out because it cannot be used.
  struct Skipped: Codable, Sendable, Equatable {
    /// Absent where no recording came of the entry, so that it has no id.
    var id: Int?
    var path: String
    var reason: String
  }

  /// A share of the recordings was asked for. Which ones is EdgeDSP's choice, not Studio's.
  struct Subset: Codable, Sendable, Equatable {
    var includePercentage: Double
    var seed: Int
    /// Recordings of the category that are in the subset.
    var included: Int
    /// Recordings of the category.
    var total: Int
  }

  /// Of EdgeDSP.
  var version: String
  /// SHA-256 over block, version, parameters, axes and window.
  var configurationHash: String
  /// Arithmetic: `studio` is Studio's own mixture of Float and Double.
  var precision: String
  var block: String
  var blockId: Int
  var implementationVersion: Int
  var axes: [String]
  var category: String
  /// Absent when all recordings were asked for.
  var subset: Subset?
  var recordings: [Input]
  var skipped: [Skipped]
  /// What settings and windows do that nobody would want, as the report has it.
  var warnings: [String]
  /// What is odd about the dataset and its recordings, as the report has it. Absent in sets of older versions, as all
  /// that follow.
  var datasetWarnings: [String]?
  /// What is resampled of recordings of other rates.
  var resampling: ResamplingStage?
  /// How tables were read, by the names of the options without `csv-`; what is not named took its default.
  var tableOptions: [String: String]?
}
