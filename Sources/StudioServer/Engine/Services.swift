import StudioAPI
import Synchronization

/// Everything that routes answer from.
struct Services: Sendable {
  let project: LocalProject
  let engine: Engine
  let jobs: JobList
  let store: FeatureStore
  let results: AnalysisResults
}

/// What analyses of blocks have found; gone with the server.
final class AnalysisResults: Sendable {
  private struct State {
    var importance: [Int: FeatureImportance] = [:]
    var suggestions: [Int: [Studio.DSPAutotunerResultsResults]] = [:]
    var profiles: [Int: Studio.ProfileTfLiteResponse] = [:]
  }

  private let state = Mutex(State())

  /// Importance of a block's features; nil where it has not been calculated.
  func importance(_ block: Int) -> FeatureImportance? { state.withLock { $0.importance[block] } }

  /// Parameters that the autotuner suggests; nil where it has not run.
  func suggestions(_ block: Int) -> [Studio.DSPAutotunerResultsResults]? { state.withLock { $0.suggestions[block] } }

  /// What a profiling job has measured; nil where it has not.
  func profile(job: Int) -> Studio.ProfileTfLiteResponse? { state.withLock { $0.profiles[job] } }

  func set(_ profile: Studio.ProfileTfLiteResponse, job: Int) { state.withLock { $0.profiles[job] = profile } }

  func set(_ importance: FeatureImportance?, block: Int) { state.withLock { $0.importance[block] = importance } }

  func set(_ suggestions: [Studio.DSPAutotunerResultsResults]?, block: Int) {
    state.withLock { $0.suggestions[block] = suggestions }
  }

  /// Forgets what was found about a block.
  func clear(_ block: Int) {
    state.withLock {
      $0.importance[block] = nil
      $0.suggestions[block] = nil
    }
  }
}
