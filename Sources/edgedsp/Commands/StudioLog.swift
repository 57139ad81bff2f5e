import StudioAPI
import Synchronization

/// A job's log, line by line.
final class StudioLog: Sendable {
  private let write: @Sendable (String) throws -> Void
  /// What came after the last line end.
  private let rest = Mutex("")

  /// - Parameter write: takes whole lines.
  init(write: @escaping @Sendable (String) throws -> Void) { self.write = write }

  /// Prints lines that are whole by now.
  func take(_ text: String) throws {
    let lines = rest.withLock { rest in
      // Not by characters: CR and LF together are one.
      var parts = (rest + text).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      rest = parts.popLast().map { String($0) } ?? ""
      return parts.map { String($0) }
    }
    for line in lines { try write(Self.shown(line) + "\n") }
  }

  /// Prints what is left.
  func finish() throws {
    let rest = rest.withLock { $0 }
    if !rest.isEmpty { try write(Self.shown(rest) + "\n") }
  }

  /// A line as it stands when it is written over itself, as progress is.
  private static func shown(_ line: String) -> String {
    Terminal.line(line.unicodeScalars.split(separator: "\r").last.map { String($0) } ?? "")
  }
}

extension StudioProject {
  /// Waits for a job, and shows its log on standard error: what the job has found is for standard output.
  ///
  /// - Throws: `StudioError`; `refused` where the job fails.
  func finish(job id: Int) async throws {
    let log = StudioLog { Terminal.writeError($0) }
    let job = try await client.followJob(project: self.id, job: id) { try log.take($0.data) }
    try log.finish()
    guard job.finishedSuccessful == true else { throw StudioError(.refused, "job \(id) failed") }
  }
}
