import ProcessingBlocks

/// Suggests parameters of a block for a dataset, as Studio's DSP autotuner does.
///
/// The rules are those that Studio has published; each file of this folder states one block's. Where a rule would give
/// values that the block refuses for the impulse's window, the next best that it takes is suggested.
public struct Autotuner: Sendable {
  /// A parameter and the value that it should have, as Studio writes it.
  public struct Suggestion: Sendable, Equatable {
    /// Studio's key.
    public var key: String
    /// As text.
    public var value: String

    init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }

    init(_ key: String, _ value: Double) { self.init(key, ParameterValue.number(value).studioText) }
    init(_ key: String, _ value: Int) { self.init(key, String(value)) }
  }

  /// First version of a block that has suggestions; nil for blocks that have none.
  public static func minimumVersion(_ block: BlockDescriptor) -> Int? {
    switch block.type {
    case "spectral-analysis": 4
    case "mfe", "mfcc", "spectrogram": 1
    default: nil
    }
  }

  let block: BlockDescriptor
  let version: Int
  /// One window.
  let input: SignalShape

  /// Prepares suggestions.
  ///
  /// - Parameters:
  ///   - block: one that `minimumVersion` knows.
  ///   - version: its implementation version.
  ///   - input: rate, rows and axes of the impulse's window.
  /// - Throws: `AnalysisError` for a block or a version without suggestions.
  public init(block: BlockDescriptor, version: Int, input: SignalShape) throws(AnalysisError) {
    guard let minimum = Self.minimumVersion(block) else {
      throw AnalysisError(.unsupported, "\(block.title) has no autotuner")
    }
    guard version >= minimum else {
      throw AnalysisError(
        .unsupported,
        "the autotuner of \(block.title) needs implementation version \(minimum) or later, found \(version)"
      )
    }
    self.block = block
    self.version = version
    self.input = input
  }

  /// Looks at the recordings, and suggests values for what the block's version uses.
  ///
  /// - Parameter isCancelled: asked before each recording.
  /// - Returns: suggestions that the block takes together, for windows of the given shape.
  /// - Throws: `AnalysisError` for recordings that give no answer, and after `isCancelled`; what reading throws.
  /// - Complexity: O(values looked at), see `Recordings`; the spectrogram's and the wavelets' trials cost most, about a
  ///   second for 100 recordings of 10 s at 16 kHz. One thread.
  public func suggestions(
    for recordings: Recordings, isCancelled: @escaping () -> Bool = { false }
  ) throws -> [Suggestion] {
    let axes = input.axes.count
    guard axes > 0, input.rows > 0, input.frequency.isFinite, input.frequency > 0, input.image == nil else {
      throw AnalysisError(.unsuited, "the autotuner needs windows of a time series")
    }
    let view = TuningView(recordings, axes: axes, isCancelled: isCancelled)
    let candidates =
      switch block.type {
      case "spectral-analysis": try SpectralTuning(input: input).candidates(view)
      case "mfe": try MelTuning(input: input, isCepstral: false).candidates(view)
      case "mfcc": try MelTuning(input: input, isCepstral: true).candidates(view)
      default: try SpectrogramTuning(input: input).candidates(view)
      }
    return try firstValid(candidates)
  }

  /// The first candidate that the block takes, without what its version does not use.
  private func firstValid(_ candidates: some Sequence<[Suggestion]>) throws -> [Suggestion] {
    let used = Set(block.groups(version: version).flatMap(\.parameters).map(\.key))
    var failure: ConfigurationError?
    for candidate in candidates {
      let suggestions = candidate.filter { used.contains($0.key) }
      do throws(ConfigurationError) {
        _ = try block.makePlan(
          Dictionary(suggestions.map { ($0.key, .text($0.value)) }, uniquingKeysWith: { first, _ in first }),
          version: version, input: input)
        return suggestions
      } catch {
        failure = failure ?? error
      }
    }
    throw AnalysisError(
      .unsuited, "no parameters suit windows of \(input.rows) rows" + (failure.map { ": \($0)" } ?? ""))
  }
}
