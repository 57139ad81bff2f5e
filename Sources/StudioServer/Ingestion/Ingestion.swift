import Datasets
import Foundation
import OutputFiles
import StudioAPI

/// Makes recordings of uploaded files.
final class Ingestion: Sendable {
  /// What became of a file.
  enum Outcome: Sendable, Equatable {
    case taken(id: Int, name: String)
    case refused(String, name: String)
  }

  let project: LocalProject
  /// Threads that may wait for the disk, so that no answer waits for them.
  private let threads = WorkerThreads(count: 4, name: "uploads")
  private let hashes: ContentHashes
  private let claims = ContentClaims()
  private let dateIDs = DateIDs()
  private let store: RecordingStore

  /// - Parameter hashes: of the files that are there.
  init(project: LocalProject, hashes: ContentHashes) {
    self.project = project
    self.hashes = hashes
    store = RecordingStore(dataset: project.folder)
  }

  deinit { threads.stop() }

  /// Runs a step of an upload where it may take its time.
  func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await threads.run(body)
  }

  /// Stores and registers the files of a request; both are on disk when the call returns.
  ///
  /// - Returns: an outcome for each recording, in the order of the request; label files and descriptions of arrays have
  ///   none.
  /// - Throws: `Refusal` where the request as a whole cannot be taken; nothing of it is stored then.
  func accept(_ intake: UploadIntake, _ settings: UploadSettings) async throws -> [Outcome] {
    let checks = try await run { [dateIDs] in
      try UploadCheck(intake.files, settings, dateIDs).results
    }
    let claimed = Set(checks.compactMap { $0.recording?.sha256 })
    await claims.take(claimed)
    do {
      let outcomes = try await store(checks, settings)
      await claims.release(claimed)
      return outcomes
    } catch {
      await claims.release(claimed)
      throw error
    }
  }

  private enum Step: Sendable {
    case refused(String)
    /// The content of a recording that comes before it in the same request.
    case repeated(Int)
    /// A position in the list of those that are placed.
    case placed(Int)
  }

  private func store(_ checks: [UploadCheck.Result], _ settings: UploadSettings) async throws -> [Outcome] {
    let entries = project.contents.recordings.all
    let (steps, placed) = try await run { [self] in
      var steps: [Step] = []
      var placed: [(new: NewRecording, sha256: String)] = []
      var positions: [String: Int] = [:]
      do {
        for check in checks {
          guard let recording = check.recording else {
            steps.append(.refused(check.problem ?? ""))
            continue
          }
          if !settings.allowsDuplicates {
            if let first = positions[recording.sha256] {
              steps.append(.repeated(first))
              continue
            }
            let ids = hashes.ids(sha256: recording.sha256, bytes: recording.bytes, among: entries)
            if !ids.isEmpty {
              steps.append(.refused(Self.duplicate(of: ids)))
              continue
            }
          }
          let path = try store.place(recording.item, in: recording.category)
          positions[recording.sha256] = placed.count
          steps.append(.placed(placed.count))
          placed.append((recording.registered(at: path), recording.sha256))
        }
        for category in Set(placed.map(\.new.category)) { try store.sync(category) }
      } catch {
        for item in placed { store.remove(item.new.path) }
        throw error
      }
      return (steps, placed)
    }
    let ids = try await register(placed.map(\.new))
    for item in placed { hashes.note("\(project.folder)/\(item.new.path)", sha256: item.sha256) }
    return zip(checks, steps).map { check, step in
      switch step {
      case .refused(let reason): .refused(reason, name: check.name)
      case .repeated(let position): .refused(Self.duplicate(of: [ids[position]]), name: check.name)
      case .placed(let position): .taken(id: ids[position], name: placed[position].new.name)
      }
    }
  }

  /// Registers recordings that are in place, or takes them away again.
  private func register(_ recordings: [NewRecording]) async throws -> [Int] {
    do {
      return try await project.add(recordings)
    } catch let torn as RegisterWrite.Torn {
      // A label file may name them, and a name without a file would be an error of the dataset.
      throw torn.cause
    } catch {
      try await run { [self] in
        for recording in recordings { store.remove(recording.path) }
      }
      throw error
    }
  }

  private static func duplicate(of ids: [Int]) -> String {
    "An item with this hash already exists (ids: \(ids.map(String.init).joined(separator: ", ")))"
  }
}
