import ProcessingBlocks

/// The stages of a plan while they are timed, each on its own.
struct StageTimes {
  /// What a stage has given so far.
  private struct Timed {
    let stage: PlanStage
    let work: StageWork?
    /// Calls that are long enough for the clock.
    var repeats = 1
    /// Microseconds a window, one value a round.
    var rounds: [Double] = []
  }

  private var stages: [Timed]

  /// Makes the stages' work and runs each once.
  ///
  /// - Parameters:
  ///   - signal: row-major values of the plan's axes. The caller keeps its memory alive.
  ///   - shape: the batches; where it has no stages, none is timed.
  init(_ plan: any BlockPlan, signal: UnsafeBufferPointer<Double>, _ shape: BatchShape) {
    stages = plan.stages().map { stage in
      let work =
        shape.hasStages ? stage.work(on: StageSignal(signal, hop: shape.hop, windows: shape.windows)) : nil
      var timed = Timed(stage: stage, work: work)
      guard let work else { return timed }
      work.run()
      while timed.repeats < 1 << 20 && Self.seconds(of: work, timed.repeats) < 5e-5 { timed.repeats *= 2 }
      return timed
    }
  }

  private static func seconds(of work: StageWork, _ repeats: Int) -> Double {
    let start = monotonicSeconds()
    for _ in 0..<repeats { work.run() }
    return monotonicSeconds() - start
  }

  /// One round: for each stage the median of some times.
  mutating func measure() {
    for index in stages.indices {
      guard let work = stages[index].work else { continue }
      let repeats = stages[index].repeats
      let times = (0..<5).map { _ in Self.seconds(of: work, repeats) }
      stages[index].rounds.append(
        RoundTimes(rounds: times).median * 1e6 / Double(repeats) / work.windows)
    }
  }

  /// The median of all rounds for each stage.
  var profiles: [BlockProfile.Stage] {
    stages.map { timed in
      BlockProfile.Stage(
        name: timed.stage.name,
        microsecondsPerWindow: timed.work == nil ? nil : RoundTimes(rounds: timed.rounds).median,
        operations: timed.stage.operations)
    }
  }
}
