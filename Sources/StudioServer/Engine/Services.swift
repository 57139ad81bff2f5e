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
///
/// Each finding has its basis: all that it was calculated from. One with another basis than is asked for does not count
/// any more.
final class AnalysisResults: Sendable {
  private struct Finding<Value: Sendable>: Sendable {
    var value: Value
    var basis: AnalysisBasis
  }

  private struct State {
    var importance: [Int: Finding<FeatureImportance>] = [:]
    var suggestions: [Int: Finding<[Studio.DSPAutotunerResultsResults]>] = [:]
  }

  private let state = Mutex(State())
  /// By job; as many as jobs are remembered.
  private let profiles = BoundedCache<Int, Studio.ProfileTfLiteResponse>(mostBytes: JobList.mostJobs << 10)

  /// Importance of a block's features; nil where it has not been calculated from this.
  ///
  /// - Parameter basis: worked out only where there is something to compare it with.
  func importance(_ block: Int, _ basis: @autoclosure () throws -> AnalysisBasis?) rethrows -> FeatureImportance? {
    guard let finding = state.withLock({ $0.importance[block] }), try finding.basis == basis() else { return nil }
    return finding.value
  }

  /// Parameters that the autotuner suggests; nil where it has not run on this.
  ///
  /// - Parameter basis: worked out only where there is something to compare it with.
  func suggestions(
    _ block: Int, _ basis: @autoclosure () throws -> AnalysisBasis
  ) rethrows -> [Studio.DSPAutotunerResultsResults]? {
    guard let finding = state.withLock({ $0.suggestions[block] }), try finding.basis == basis() else { return nil }
    return finding.value
  }

  /// What a profiling job has measured; nil where it has not.
  func profile(job: Int) -> Studio.ProfileTfLiteResponse? { profiles.value(job) }

  func set(_ profile: Studio.ProfileTfLiteResponse, job: Int) { profiles.insert(profile, for: job, bytes: 1 << 10) }

  func set(_ importance: FeatureImportance, block: Int, _ basis: AnalysisBasis) {
    state.withLock { $0.importance[block] = Finding(value: importance, basis: basis) }
  }

  func set(_ suggestions: [Studio.DSPAutotunerResultsResults], block: Int, _ basis: AnalysisBasis) {
    state.withLock { $0.suggestions[block] = Finding(value: suggestions, basis: basis) }
  }

  /// Forgets what was found about a block.
  func clear(_ block: Int) {
    state.withLock {
      $0.importance[block] = nil
      $0.suggestions[block] = nil
    }
  }
}
