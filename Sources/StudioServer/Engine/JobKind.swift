import Datasets
import FeatureGeneration
import Foundation
import StudioAPI
import Synchronization

/// Studio's words for kinds of jobs.
enum JobKind {
  static let generateFeatures = "generate-features"
  static let autotune = "autotune-dsp"
  static let profile = "profile-dsp"
}

extension Services {
  /// Starts a job that generates the features of a block, of all categories that have recordings.
  ///
  /// - Parameter importance: whether the job also finds out which features matter.
  /// - Returns: its id.
  /// - Throws: `Refusal` for an unknown block; `ImpulseError` for one that cannot be used.
  func startGeneration(block id: Int, importance: Bool) throws -> Int {
    let contents = project.contents
    let block = try contents.impulse.block(id)
    let (services, project, engine, store, results) = (self, project, engine, store, results)
    return try jobs.start(
      category: "Generating features for \(block.name)", key: JobKind.generateFeatures,
      metadata: ["dspId": .integer(id)]
    ) { job in
      // As things are when its turn has come.
      let contents = project.contents
      let block = try contents.impulse.block(id)
      // With the ids that the project has: numbering the folder anew could give others.
      let dataset = try Dataset.scan(path: project.folder, samplesFile: project.samplesFile).replacing(
        entries: contents.recordings.entries, disabled: contents.recordings.disabled)
      // Of before: a recording that is replaced meanwhile gives features of which nobody knows what they are from.
      var basis = AnalysisBasis(
        configuration: try contents.impulse.prepared.block(id).configurationHash, recordings: contents.recordings)
      for problem in contents.recordings.problems { job.log("left out: \(problem)", level: "warn") }
      var done = 0
      for category in FeatureStore.categories where dataset.entries.contains(where: { $0.category == category }) {
        var options = FeatureGenerator.Options()
        options.category = category
        options.blockIDs = [id]
        options.includesRaw = true
        options.threads = engine.threads
        options.keepsGoing = true
        options.overwrites = true
        options.created = Date()
        let generator = try FeatureGenerator(
          contents.impulse.impulse, impulseFile: project.impulseFile, options: options)
        if services.isCurrent(id, category, contents) == false {
          job.log("The features of before were made with other settings, and stay until these are complete")
        }
        job.log("Creating windows from files, category \(category.rawValue)...")
        let shown = Mutex(-10)
        do {
          let report = try generator.generate(dataset, to: store.folder(category)) { progress in
            let percent = progress.recordings * 100 / max(1, progress.recordingsTotal)
            let isNew = shown.withLock { last in
              if percent < last + 10 { return false }
              last = percent
              return true
            }
            if isNew {
              job.log("[\(progress.recordings)/\(progress.recordingsTotal)] \(progress.windows) windows (\(percent)%)")
            }
          } isCancelled: {
            job.isCancelled
          }
          store.shareRawWindows(of: block, category, with: contents.impulse.impulse.blocks)
          for skipped in report.skipped { job.log("left out: \(skipped.reason)", level: "warn") }
          for warning in report.warnings { job.log("warning: \(warning)", level: "warn") }
          job.log("Created \(report.windows) windows of \(report.recordings) recordings: \(category.rawValue) done")
          done += 1
        } catch let error as DatasetErrors {
          // A category without a window is no reason to have no features of the others.
          job.log("\(error)", level: "error")
          store.clear(block, category)
        }
      }
      if done == 0 { throw Refusal("no category gave any features") }
      if importance {
        job.log("Calculating feature importance...")
        let set = try GeneratedSet(store: store, block: block, category: .training)
        basis.set = services.trainingSet(of: block)
        results.set(
          try FeatureImportance(
            x: store.file(block, .training, "X.npy"), y: store.file(block, .training, "y.npy"), labels: set.labels
          ) { job.isCancelled }, block: id, basis)
      }
    }
  }
}
