import ProcessingBlocks

/// What is wrong with an impulse, alone or together with a dataset, and what it will cost.
public struct VerificationReport: Sendable, Encodable {
  /// Something that a user should know.
  public struct Finding: Sendable, Encodable, Equatable {
    /// How bad it is.
    public enum Severity: String, Sendable, Encodable, Comparable, CaseIterable {
      /// Studio, or `generate`, refuses it.
      case error
      /// It works, and features are worse than they look.
      case warning
      /// Nothing is lost.
      case notice

      /// The worse one is less, so that it comes first.
      public static func < (left: Severity, right: Severity) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
      }
    }

    /// How bad it is.
    public var severity: Severity
    /// What kind of finding it is, stable, for programs: `configuration`, `settings`, `recording`, `rate`, `short`,
    /// `tail`, `values`, `leakage`, `labels`, `subset`, `dataset`.
    public var kind: String
    /// The impulse file, or a recording.
    public var file: String
    /// From 1; nil where it cannot be told.
    public var line: Int?
    /// For example `block 2 (Spectral features)`; empty for the file as a whole.
    public var place: String
    /// The parameter at fault; empty where there is none.
    public var parameter: String
    /// A sentence.
    public var message: String
  }

  /// A block that can be computed.
  public struct Block: Sendable, Encodable {
    /// Studio's id.
    public var id: Int
    /// As Studio shows it.
    public var name: String
    /// Studio's type string.
    public var type: String
    /// Decides the arithmetic.
    public var implementationVersion: Int
    /// Rows of a window.
    public var windowRows: Int
    /// Features of a window.
    public var features: Int
    /// `flat`, `spectrogram` or `image`.
    public var output: String
    /// Bytes of a window's features and of its row of y.
    public var bytesPerWindow: Int
    /// Bytes of `generate` with all threads: scratch of the block's runners, and slabs under way.
    public var memoryBytes: Int
    /// One window by itself, measured here on noise.
    public var latencySeconds: Double
    /// A window among others, on one thread.
    public var secondsPerWindow: Double
  }

  /// What a dataset gives.
  public struct Data: Sendable, Encodable {
    /// The folder.
    public var path: String
    /// Recordings that can be used.
    public var recordings = 0
    /// Windows by category.
    public var windows: [String: Int] = [:]
    /// Windows by label, all categories; those without a label under the empty text.
    public var labels: [String: Int] = [:]
    /// Length of all recordings.
    public var seconds = 0.0
    /// Of recordings after their last whole window, and of those shorter than one.
    public var lostSeconds = 0.0
    /// Sizes of X and y of all blocks, all categories.
    public var outputBytes = 0
    /// Predicted for all blocks on one thread, without reading.
    public var computeSeconds = 0.0
  }

  /// The impulse file.
  public var impulse: String
  /// The worst first, then in the order of the file.
  public var findings: [Finding] = []
  /// Blocks without errors.
  public var blocks: [Block] = []
  /// Nil without a dataset.
  public var dataset: Data?

  /// Findings of a severity.
  public func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }
}
