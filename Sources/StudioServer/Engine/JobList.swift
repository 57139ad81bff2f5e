import Foundation
import StudioAPI
import Synchronization

/// Long work with a status and a log, one job after the other.
final class JobList: Sendable {
  /// What a job tells while it runs.
  struct Progress: Sendable {
    fileprivate let list: JobList
    /// Its id.
    let id: Int

    /// Adds a line to the log.
    func log(_ line: String, level: String = "info") { list.log(id, line, level) }

    /// Whether somebody wants the job to end.
    var isCancelled: Bool { list.isCancelled(id) }
  }

  private struct Entry {
    var job: Studio.Job
    var log: [Studio.JobLogItem] = []
    /// Lines that are no longer kept.
    var droppedLines = 0
    /// When the last line was written, as it says: milliseconds since 1970.
    var lastLine = 0
    var isCancelled = false
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var next = 1
    var isEnding = false
  }

  /// Jobs and lines that are remembered.
  static let mostJobs = 1000
  /// Jobs that wait for their turn.
  private static let mostWaiting = 100
  private static let mostLines = 5000

  private let state = Mutex(State())
  private let engine: Engine

  init(engine: Engine) { self.engine = engine }

  /// Starts a job, behind those that were started before.
  ///
  /// - Parameters:
  ///   - category: in words, e.g. `Generating features`.
  ///   - key: Studio's word, e.g. `generate-features`.
  ///   - body: runs on the engine's thread for long work; throwing makes the job fail with the error in its log.
  /// - Returns: its id.
  func start(
    category: String, key: String, metadata: [String: JSONValue] = [:],
    _ body: @escaping @Sendable (Progress) throws -> Void
  ) throws(Refusal) -> Int {
    let id = try state.withLock { state throws(Refusal) -> Int? in
      if state.isEnding { return nil }
      if state.entries.values.count(where: { $0.job.finished == nil }) > Self.mostWaiting {
        throw Refusal(.tooManyRequests, "\(Self.mostWaiting) jobs wait already: let some end, or cancel them")
      }
      let id = state.next
      state.next += 1
      let job = Studio.Job(
        id: id, category: category, categoryKey: key, key: "\(key)-\(id)", created: Timestamp(Date()),
        jobNotificationUids: [], metadata: metadata)
      state.entries[id] = Entry(job: job)
      // The oldest go; those that have not ended are among the newest.
      let over = state.entries.count - Self.mostJobs
      if over > 0 {
        for old in state.entries.keys.sorted().prefix(over) where state.entries[old]?.job.finished != nil {
          state.entries[old] = nil
        }
      }
      return id
    }
    guard let id else { throw Refusal(.serviceUnavailable, "the server is shutting down") }
    log(id, "Job \(id) waits for its turn", "info")
    let progress = Progress(list: self, id: id)
    engine.startJob { [self] in run(id, progress, body) }
    return id
  }

  private func run(_ id: Int, _ progress: Progress, _ body: @Sendable (Progress) throws -> Void) {
    if progress.isCancelled { return finish(id, successful: false, "Job was cancelled before it began") }
    state.withLock { $0.entries[id]?.job.started = Timestamp(Date()) }
    let start = ContinuousClock.now
    do {
      try body(progress)
      state.withLock { $0.entries[id]?.job.computeTime = (ContinuousClock.now - start).seconds }
      finish(id, successful: true, "Job completed (success)")
    } catch is CancellationError {
      finish(id, successful: false, "Job was cancelled")
    } catch let error as AnalysisError where error.kind == .cancelled {
      finish(id, successful: false, "Job was cancelled")
    } catch {
      log(id, Refusal(error)?.message ?? "\(error)", "error")
      finish(id, successful: false, "Job failed (see above)")
    }
  }

  private func finish(_ id: Int, successful: Bool, _ line: String) {
    log(id, line, successful ? "info" : "error")
    state.withLock {
      $0.entries[id]?.job.finished = Timestamp(Date())
      $0.entries[id]?.job.finishedSuccessful = successful
    }
  }

  private func log(_ id: Int, _ line: String, _ level: String) {
    state.withLock { state in
      guard var entry = state.entries.removeValue(forKey: id) else { return }
      // Clients tell by the times which line came first, and times are in milliseconds.
      entry.lastLine = max(Int(1000 * Date().timeIntervalSince1970), entry.lastLine + 1)
      // A bit more than whole, so that cutting and rounding to milliseconds both give this one.
      let date = Date(timeIntervalSince1970: (Double(entry.lastLine) + 0.3) / 1000)
      entry.log.append(Studio.JobLogItem(created: Timestamp(date), data: line + "\n", logLevel: level))
      if entry.log.count > Self.mostLines {
        entry.log.removeFirst(Self.mostLines / 5)
        entry.droppedLines += Self.mostLines / 5
      }
      state.entries[id] = entry
    }
  }

  private func isCancelled(_ id: Int) -> Bool {
    state.withLock { $0.isEnding || $0.entries[id]?.isCancelled ?? true }
  }

  /// The job with an id.
  func job(_ id: Int) throws(Refusal) -> Studio.Job {
    guard let job = state.withLock({ $0.entries[id]?.job }) else { throw Refusal("No job found with ID \(id)") }
    return job
  }

  /// Its log, the oldest line first, and how many lines there were in all.
  func log(_ id: Int) throws(Refusal) -> (lines: [Studio.JobLogItem], total: Int) {
    guard let entry = state.withLock({ $0.entries[id] }) else { throw Refusal("No job found with ID \(id)") }
    return (entry.log, entry.log.count + entry.droppedLines)
  }

  /// All jobs, the newest first.
  var all: [Studio.Job] {
    state.withLock { $0.entries.values.map(\.job) }.sorted { $0.id > $1.id }
  }

  /// Whether a job of this kind for a block waits or runs.
  func isActive(key: String, block: Int) -> Bool {
    all.contains { $0.finished == nil && $0.categoryKey == key && $0.metadata?["dspId"] == .integer(block) }
  }

  /// Asks a job to end; one that has ended stays as it is.
  func cancel(_ id: Int) throws(Refusal) {
    _ = try job(id)
    state.withLock { $0.entries[id]?.isCancelled = true }
  }

  /// Asks all jobs to end and takes no more.
  func stop() { state.withLock { $0.isEnding = true } }
}

extension Duration {
  /// As a number.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
