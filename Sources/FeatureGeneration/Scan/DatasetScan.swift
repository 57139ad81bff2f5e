import Datasets
import EngineThreads
import Foundation
import Synchronization

/// Reads every recording of a dataset and tells all that is wrong, and what an impulse would make of it.
public struct DatasetScan: Sendable {
  /// What is found out about one recording.
  struct Finding: Sendable {
    var facts: RecordingFacts?
    var use: RecordingUse?
    var problems: [DatasetProblem] = []
    /// Time for reading it, in seconds.
    var seconds = 0.0
  }

  let dataset: Dataset
  let generator: FeatureGenerator?

  /// - Parameters:
  ///   - dataset: from `Dataset.scan`, which tells its problems instead of throwing them.
  ///   - generator: plans the impulse's blocks; its options say which recordings a forecast is for. Default: nil,
  ///     nothing is said about windows.
  public init(_ dataset: Dataset, generator: FeatureGenerator? = nil) {
    self.dataset = dataset
    self.generator = generator
  }

  /// Reads all recordings.
  ///
  /// - Parameters:
  ///   - threads: recordings that are read at a time. The report does not depend on it, but for predicted times.
  ///   - progress: called after each recording, by one thread at a time.
  /// - Complexity: O(bytes of the dataset), in memory that grows with the number of recordings only.
  public func run(
    threads: Int = Machine.usableProcessors,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in }
  ) -> ScanReport {
    let entries = dataset.entries
    // The largest first, so that no thread is left with it at the end.
    let order = entries.indices.sorted {
      entries[$0].byteCount != entries[$1].byteCount ? entries[$0].byteCount > entries[$1].byteCount : $0 < $1
    }
    let start = ScanProgress(
      recordingsTotal: entries.count, bytesTotal: entries.reduce(0) { $0.saturatingSum($1.byteCount) })
    let state = Mutex((next: 0, findings: [Finding?](repeating: nil, count: entries.count), progress: start))
    OwnThreads.run(max(1, min(threads, entries.count))) {
      while let index = state.withLock({ state -> Int? in
        guard state.next < order.count else { return nil }
        state.next += 1
        return order[state.next - 1]
      }) {
        let finding = examine(entries[index])
        state.withLock {
          $0.findings[index] = finding
          $0.progress.recordings += 1
          $0.progress.bytes = $0.progress.bytes.saturatingSum(entries[index].byteCount)
          progress($0.progress)
        }
      }
    }
    let findings = state.withLock { $0.findings }.map { $0 ?? Finding() }
    return report(findings, threads: threads)
  }

  private func examine(_ entry: DatasetEntry) -> Finding {
    var finding = Finding()
    func note(_ severity: DatasetProblem.Severity, _ message: String) {
      finding.problems.append(DatasetProblem(severity: severity, file: entry.path, message: message))
    }
    let started = DispatchTime.now().uptimeNanoseconds
    do throws(DatasetError) {
      var entry = entry
      if let generator { entry.reading = generator.reading(entry.reading) }
      let facts = try entry.examine()
      finding.facts = facts
      finding.seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
      for remark in facts.remarks { note(.notice, remark) }
      if entry.label == .unlabeled { note(.notice, "it has no label") }
      if let generator {
        let use = try generator.use(of: entry, facts)
        finding.use = use
        for problem in use.problems { note(problem.severity, problem.message) }
      }
    } catch {
      finding.problems.append(DatasetProblem(severity: .error, file: error.file, message: error.message))
    }
    return finding
  }
}
