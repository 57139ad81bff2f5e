import Datasets
import FeatureGeneration
import Foundation
import OutputFiles
import StudioAPI
import Synchronization

/// The one project of a local Studio: a dataset folder and an impulse file.
///
/// Readers take `contents`, a value that nothing changes under their hands, and never wait. Changes run one after the
/// other on a thread of the project's own, which may wait for the disk; each is on disk before it shows in `contents`.
actor LocalProject {
  /// Studio's project id.
  nonisolated let id: Int
  /// The folder's name.
  nonisolated let name: String
  /// Where the dataset is.
  nonisolated let folder: String
  /// Where the impulse is.
  nonisolated let impulseFile: String
  /// Where Studio's list is, if not in the folder.
  nonisolated let samplesFile: String?
  /// Whether nothing may be changed.
  nonisolated let isReadOnly: Bool
  /// When the server was started.
  nonisolated let started = Date()

  private nonisolated let published: Mutex<ProjectContents>
  private nonisolated let executor: ThreadExecutor
  /// Nil where nothing is changed.
  private nonisolated let claim: DatasetClaim?

  /// How folders are brought to the disk.
  nonisolated let sync: SyncedFile.Step

  /// The highest id that was ever given: features of a recording that is gone still name its id.
  var lastID: Int
  let nextID: NextID
  /// Label files and the impulse file as they were read or written last.
  nonisolated let watchedLabels: Mutex<WatchedFiles>
  nonisolated let watchedImpulse: Mutex<WatchedFiles>

  /// The label file as it was written last; nil where it has to be read.
  var labelFile: (identity: FileIdentity, file: LabelFile)?

  /// How long it took to register recordings the last time.
  var lastRegistration = Duration.zero
  /// Recordings that wait to be registered together: one write serves all that come while another is under way.
  var pending: [(recordings: [NewRecording], continuation: CheckedContinuation<[Int], any Error>)] = []

  /// Runs changes on a thread of the project's own.
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Reads the dataset and the impulse.
  ///
  /// - Parameter sync: how folders are brought to the disk when label files and the impulse file are replaced.
  /// - Throws: `DatasetErrors`, `ImpulseError`, `OutputError`, or `ServerError` where another server has the dataset.
  init(configuration: StudioServer.Configuration, sync: @escaping SyncedFile.Step = SyncedFile.sync) throws {
    self.sync = sync
    id = configuration.projectID
    folder = configuration.dataset
    impulseFile = configuration.impulseFile
    samplesFile = configuration.samplesFile
    isReadOnly = configuration.isReadOnly
    name = URL(filePath: configuration.dataset).standardizedFileURL.lastPathComponent
    if !isReadOnly, (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/.edgedsp")) != nil {
      throw ServerError("\(folder)/.edgedsp is a link: features are kept inside the dataset alone; remove the link")
    }
    claim = isReadOnly ? nil : try DatasetClaim(folder: folder)
    if !isReadOnly {
      UnfinishedUploads.clear(dataset: folder, samplesFile: samplesFile)
      try Removal.recover(dataset: folder, samplesFile: samplesFile)
    }
    // Before they are read: what changes meanwhile is read again.
    watchedImpulse = Mutex(WatchedFiles([impulseFile]))
    watchedLabels = Mutex(WatchedFiles(Self.labelFiles(folder: folder, samplesFile: samplesFile)))
    nextID = NextID(dataset: folder)
    let before = max((try nextID.read() ?? 1) - 1, Self.highestID(folder: folder, samplesFile: samplesFile))
    let recordings = try RecordingList(
      folder: folder, samplesFile: samplesFile, impulseFile: impulseFile, lastID: before)
    lastID = max(before, recordings.registered.map(\.id).max() ?? 0)
    published = Mutex(
      ProjectContents(
        recordings: recordings, impulse: try ImpulseSettings(file: configuration.impulseFile), modified: Date()))
    executor = ThreadExecutor(name: "project")
  }

  /// Refuses to write into a folder that is not the dataset any more: a disk that is gone leaves its empty place.
  func checkFolder() throws(Refusal) {
    if claim?.holds(folder) == false {
      throw Refusal("\(folder) is not the folder that is served any more: nothing is written; restart the server")
    }
  }

  /// What the project holds just now.
  nonisolated var contents: ProjectContents { published.withLock { $0 } }

  /// Refuses where nothing may be changed.
  nonisolated func checkWritable() throws(Refusal) {
    if isReadOnly { throw Refusal("this server is read-only (--read-only)") }
  }

  /// Replaces what readers see, once it is on disk.
  func publish(_ change: (inout ProjectContents) -> Void) {
    published.withLock {
      change(&$0)
      $0.modified = Date()
    }
  }

  /// Lets the project's thread end, and another server have the dataset.
  nonisolated func stop() {
    executor.stop()
    claim?.release()
  }
}

/// What a project holds at one moment.
struct ProjectContents: Sendable {
  var recordings: RecordingList
  var impulse: ImpulseSettings
  /// When it changed last.
  var modified: Date
}
