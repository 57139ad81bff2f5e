// What holds for every runner, whatever it computes. No numbers are known here; runs are compared with runs.
// 1. Window by window gives the bits of all windows at once, for counts around the number of lanes; so do parts of a
//    slab on one runner, whose scratch is dirty then.
// 2. A window has the same features at every hop.
// 3. Axes: the order of `columns` is the order of the features, other columns of a row are not looked at.
// 4. NaN spoils its own axis and no other. The memory behind the features stays as it is.

import ProcessingBlocks
import Testing

@Suite struct RunnerTests {
  @Test(arguments: Setup.all, [0, 1, 31, 32, 33, 70])
  func windowByWindow(_ setup: Setup, _ windows: Int) throws {
    let columns = setup.frequency > 1000 ? [1] : [0, 1]
    let plan = try setup.plan(axes: columns.count)
    let hop = max(1, setup.rows / 5)
    let recording = Recording(rows: max(windows - 1, 0) * hop + setup.rows, stride: 2, seed: 1, level: setup.level)
    let together = recording.features(plan, hop: hop, windows: windows, columns: columns)
    let runner = plan.makeRunner(hop: hop, windows: 1)
    let apart = (0..<windows).flatMap { window in
      recording.features(
        plan, hop: hop, windows: 1, columns: columns, start: window * hop, runner: runner)
    }
    #expect(firstDifference(together, apart) == nil)
    // Windows differ, or a constant result would pass.
    let different = Set((0..<windows).map { together[$0 * plan.featureCount..<($0 + 1) * plan.featureCount] })
    if setup.rows > 1 { #expect(different.count == windows) }
  }

  @Test(arguments: Setup.all)
  func partsOfASlab(_ setup: Setup) throws {
    let plan = try setup.plan(axes: 1)
    let (hop, windows) = (3, 70)
    let recording = Recording(rows: (windows - 1) * hop + setup.rows, stride: 1, seed: 2, level: setup.level)
    let runner = plan.makeRunner(hop: hop, windows: windows)
    let whole = recording.features(plan, hop: hop, windows: windows, columns: [0], runner: runner)
    for part in [1, 31, 32, 33, 69] {
      let first = recording.features(plan, hop: hop, windows: part, columns: [0], runner: runner)
      let second = recording.features(
        plan, hop: hop, windows: windows - part, columns: [0], start: part * hop, runner: runner)
      #expect(firstDifference(first + second, whole) == nil, "after \(part) windows")
    }
  }

  @Test(arguments: Setup.all)
  func otherHops(_ setup: Setup) throws {
    let plan = try setup.plan(axes: 1)
    let recording = Recording(rows: 12 * setup.rows + 12, stride: 1, seed: 3, level: setup.level)
    let count = plan.featureCount
    for hop in [1, 2, 160, max(1, setup.rows - 1), setup.rows, setup.rows + 1, setup.rows + 2]
    where hop <= setup.rows + 2 {
      let features = recording.features(plan, hop: hop, windows: 6, columns: [0])
      let expected = (0..<6).flatMap {
        recording.features(plan, hop: 1, windows: 1, columns: [0], start: $0 * hop)
      }
      #expect(features.count == 6 * count)
      #expect(firstDifference(features, expected) == nil, "hop \(hop)")
    }
  }

  /// What a plan for several axes gives for a window, put together from a plan for one axis.
  private func assembled(_ setup: Setup, _ recording: Recording, columns: [Int]) throws -> [Float] {
    let plan = try setup.plan(axes: 1)
    let apart = columns.map { recording.features(plan, hop: 1, windows: 1, columns: [$0]) }
    if setup.type == "raw" { return (0..<setup.rows).flatMap { row in apart.map { $0[row] } } }
    return apart.flatMap { $0.dropLast(setup.lowFeatures) } + apart.flatMap { $0.suffix(setup.lowFeatures) }
  }

  @Test(arguments: Setup.manyAxes, [[0], [0, 1, 2], [2, 0, 1], [4, 1], [3, 3]])
  func axesInTheOrderOfColumns(_ setup: Setup, _ columns: [Int]) throws {
    let plan = try setup.plan(axes: columns.count)
    var recording = Recording(rows: setup.rows, stride: 5, seed: 4, level: setup.level)
    let features = recording.features(plan, hop: 1, windows: 1, columns: columns)
    #expect(firstDifference(features, try assembled(setup, recording, columns: columns)) == nil)
    // Columns that are not asked for may hold anything.
    for index in recording.samples.indices where !columns.contains(index % 5) {
      recording.samples[index] = .nan
    }
    #expect(
      firstDifference(recording.features(plan, hop: 1, windows: 1, columns: columns), features) == nil)
  }

  @Test(arguments: Setup.manyAxes, [Double.nan, .infinity, 1e39])
  func badValuesSpoilTheirOwnAxis(_ setup: Setup, _ bad: Double) throws {
    let plan = try setup.plan(axes: 3)
    var recording = Recording(rows: setup.rows, stride: 3, seed: 5, level: setup.level)
    let clean = recording.features(plan, hop: 1, windows: 1, columns: [0, 1, 2])
    recording.samples[1] = bad
    let features = recording.features(plan, hop: 1, windows: 1, columns: [0, 1, 2])
    let axis = axisOfFeatures(setup, plan)
    for (index, value) in features.enumerated() where axis[index] != 1 {
      #expect(value.bitPattern == clean[index].bitPattern, "feature \(index)")
    }
    let spoilt = zip(features, axis).filter { $0.1 == 1 }.map { $0.0 }
    switch setup.spoils {
    case .everything: #expect(spoilt.allSatisfy { $0.isNaN })
    case .everythingIfNaN: if bad.isNaN { #expect(spoilt.allSatisfy { $0.isNaN }) }
    case .oneValue: #expect(spoilt.filter { !$0.isFinite }.count == 1)
    case .some: break
    }
  }

  /// The axis to which each feature of three axes belongs.
  private func axisOfFeatures(_ setup: Setup, _ plan: any BlockPlan) -> [Int] {
    if setup.type == "raw" { return (0..<plan.featureCount).map { $0 % 3 } }
    let main = plan.featureCount / 3 - setup.lowFeatures
    return (0..<3).flatMap { [Int](repeating: $0, count: main) }
      + (0..<3).flatMap { [Int](repeating: $0, count: setup.lowFeatures) }
  }

  /// Windows of one batch do not see each other: the neighbour of a bad window keeps its bits.
  @Test(arguments: Setup.all)
  func badWindowsStayAlone(_ setup: Setup) throws {
    let plan = try setup.plan(axes: 1)
    let windows = 40
    var recording = Recording(rows: windows * setup.rows, stride: 1, seed: 6, level: setup.level)
    let clean = recording.features(plan, hop: setup.rows, windows: windows, columns: [0])
    for window in [5, 6, 31, 33] { recording.samples[window * setup.rows] = .nan }
    let features = recording.features(plan, hop: setup.rows, windows: windows, columns: [0])
    let count = plan.featureCount
    for window in 0..<windows {
      let range = window * count..<(window + 1) * count
      if [5, 6, 31, 33].contains(window) {
        let isSpoilt =
          setup.spoils == .some
          ? firstDifference(Array(features[range]), Array(clean[range])) != nil : features[range].contains { $0.isNaN }
        #expect(isSpoilt, "window \(window)")
      } else {
        #expect(firstDifference(Array(features[range]), Array(clean[range])) == nil, "window \(window)")
      }
    }
  }

  @Test func aSlabOfOtherAxesIsRefused() async {
    await #expect(processExitsWith: .failure) {
      let recording = Recording(rows: 100, stride: 3, seed: 7)
      _ = recording.features(try Setup.flatten.plan(axes: 1), hop: 1, windows: 1, columns: [0, 1, 2])
    }
  }
}
