import Datasets

/// Causes that are tested by computing windows again.
extension Evidence {
  /// From this share of values on, a change explains a difference.
  private static let explained = 0.995
  /// A change that improves this much is worth combining with another.
  private static let promising = 0.02
  private static let mostCombined = 8
  /// Of each set, held in memory.
  private static let mostValues = 1 << 24

  func recomputedCauses(_ report: inout ComparisonReport) throws -> [Cause] {
    guard let impulse = comparison.options.impulse, let dataset = comparison.options.dataset else { return [] }
    guard let block = block(of: impulse) else {
      report.notes.append("causes were not tested: say with --block which block of the impulse the sets are from")
      return []
    }
    guard let trial = try trial(block, dataset, &report) else { return [] }
    let base = trial.score([]) ?? 0
    if let local = trial.localScore(), local < Self.explained {
      report.notes.append(
        "only \(percent(local)) of the local values come out of this impulse and dataset: the local set may have been "
          + "made with others")
    }
    if base >= Self.explained {
      return [
        Cause(
          id: "stale-local", title: "The local set is from other settings",
          explanation: "Studio's values are those that this impulse gives now; generate the local set again",
          explains: base, recomputed: true)
      ]
    }
    let alternatives = CauseAlternative.all(block, factors: trial.factors, studio: alignment.studio).filter {
      $0.id != "resampling" || trial.recordings.values.contains { !$0.hasRate(block.input.frequency) }
    }
    let scores = alternatives.map { ($0, trial.score([$0]) ?? -1) }
    var causes = scores.filter { $0.1 >= Self.explained }.map { change, score in
      Cause(
        id: change.id, title: change.title, explanation: change.explanation, explains: score, recomputed: true)
    }
    if causes.isEmpty { causes = combined(scores, base: base, trial) }
    if causes.isEmpty {
      report.notes.append(
        "\(alternatives.count) other ways to compute \(trial.samples.count) windows were tried; none gives Studio's "
          + "values" + ((scores.map(\.1).max() ?? 0) > base + Self.promising ? ", but some come closer" : ""))
    }
    return causes
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  /// Two changes at once, of those that help by themselves.
  private func combined(
    _ scores: [(CauseAlternative, Double)], base: Double, _ trial: CauseTrial
  ) -> [Cause] {
    let helpful = scores.enumerated().filter { $0.element.1 > base + Self.promising }
      .sorted { $0.element.1 != $1.element.1 ? $0.element.1 > $1.element.1 : $0.offset < $1.offset }
      .prefix(Self.mostCombined).map(\.element)
    for (index, first) in helpful.enumerated() {
      for second in helpful[(index + 1)...] where first.0.id != second.0.id {
        guard let score = trial.score([first.0, second.0]), score >= Self.explained else { continue }
        return [first, second].map { change, _ in
          Cause(
            id: change.id, title: change.title,
            explanation: change.explanation + ", together with the other cause", explains: score, recomputed: true)
        }
      }
    }
    // A change that explains most of it is still worth knowing.
    return helpful.prefix(2).filter { $0.1 >= 0.5 }.map { change, score in
      Cause(
        id: change.id, title: change.title,
        explanation: change.explanation.replacing("vanishes", with: "becomes smaller"), explains: score,
        recomputed: true)
    }
  }

  /// The block that the sets are from.
  private func block(of impulse: Impulse) -> ImpulseBlock? {
    if let id = comparison.options.blockID ?? comparison.local.description.blockID {
      return impulse.blocks.first { $0.id == id }
    }
    return impulse.blocks.count == 1 ? impulse.blocks[0] : nil
  }

  // MARK: Windows to try

  private func trial(
    _ block: ImpulseBlock, _ dataset: Dataset, _ report: inout ComparisonReport
  ) throws -> CauseTrial? {
    let entries = Dictionary(dataset.entries.map { ($0.sampleID, $0) }, uniquingKeysWith: { first, _ in first })
    let found = try windows()
    let groups = Dictionary(grouping: found, by: \.recording).sorted { $0.key < $1.key }
    let step = max(1, groups.count / CauseTrial.mostRecordings)
    var samples: [CauseTrial.Sample] = []
    var recordings: [Int: TrialRecording] = [:]
    for index in stride(from: 0, to: groups.count, by: step) where recordings.count < CauseTrial.mostRecordings {
      guard let entry = entries[groups[index].key] else { continue }
      do throws(DatasetError) {
        recordings[entry.sampleID] = try TrialRecording(entry, input: block.input)
      } catch {
        report.notes.append("causes are not tested on \(entry.path): \(error.message)")
        continue
      }
      let windows = groups[index].value
      let every = max(1, windows.count / CauseTrial.mostWindows)
      samples += stride(from: 0, to: windows.count, by: every).prefix(CauseTrial.mostWindows).map { windows[$0] }
    }
    guard !samples.isEmpty else {
      report.notes.append(
        "causes were not tested: no sample id of the sets is a recording of \(dataset.path); give samples.json")
      return nil
    }
    return CauseTrial(
      block: block, samples: samples, recordings: recordings, tolerance: max(1e-5, comparison.tolerance))
  }

  /// Windows that differ, with Studio's columns as they are; where none is paired, any of Studio's.
  private func windows() throws -> [CauseTrial.Sample] {
    let chosen = pairs.outside.elements.isEmpty ? pairs.all.elements : pairs.outside.elements
    let most = max(4, Self.mostValues / max(1, max(comparison.local.columns, comparison.studio.columns)))
    var samples: [CauseTrial.Sample] = []
    for pair in chosen.prefix(most) {
      let mine = try comparison.local.window(pair.local)
      guard let window = try mine ?? comparison.studio.window(pair.studio) else { continue }
      samples.append(
        CauseTrial.Sample(
          recording: window.sample, startMs: window.startMs, studio: try comparison.studio.row(pair.studio),
          local: try comparison.local.row(pair.local)))
    }
    if samples.isEmpty {
      for row in stride(
        from: 0, to: comparison.studio.rows, by: max(1, comparison.studio.rows / min(most, PairSample.limit)))
      {
        guard let window = try comparison.studio.window(row) else { break }
        samples.append(
          CauseTrial.Sample(
            recording: window.sample, startMs: window.startMs, studio: try comparison.studio.row(row), local: nil))
      }
    }
    return samples
  }
}
