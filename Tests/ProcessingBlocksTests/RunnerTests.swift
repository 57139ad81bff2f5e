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
    let plan = try setup.plan(axes: 2)
    let hop = max(1, setup.rows / 5)
    let recording = Recording(rows: max(windows - 1, 0) * hop + setup.rows, stride: 2, seed: 1)
    let together = recording.features(plan, hop: hop, windows: windows, columns: [0, 1])
    let runner = plan.makeRunner(hop: hop, windows: 1)
    let apart = (0..<windows).flatMap { window in
      recording.features(
        plan, hop: hop, windows: 1, columns: [0, 1], start: window * hop, runner: runner)
    }
    #expect(firstDifference(together, apart) == nil)
    // Windows differ, or a constant result would pass.
    if windows > 1 && setup.rows > 1 { #expect(Set(together).count > plan.featureCount) }
  }

  @Test(arguments: Setup.all)
  func partsOfASlab(_ setup: Setup) throws {
    let plan = try setup.plan(axes: 1)
    let (hop, windows) = (3, 70)
    let recording = Recording(rows: (windows - 1) * hop + setup.rows, stride: 1, seed: 2)
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
    let recording = Recording(rows: 12 * setup.rows + 12, stride: 1, seed: 3)
    let count = plan.featureCount
    // Row 0 of window w at hop h is row 0 of window w·h at hop 1.
    let dense = recording.features(plan, hop: 1, windows: 5 * (setup.rows + 2) + 1, columns: [0])
    for hop in [2, max(1, setup.rows - 1), setup.rows, setup.rows + 1, setup.rows + 2] {
      let features = recording.features(plan, hop: hop, windows: 6, columns: [0])
      let expected = (0..<6).flatMap { Array(dense[$0 * hop * count..<($0 * hop + 1) * count]) }
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

  @Test(arguments: Setup.all, [[0], [0, 1, 2], [2, 0, 1], [4, 1], [3, 3]])
  func axesInTheOrderOfColumns(_ setup: Setup, _ columns: [Int]) throws {
    let plan = try setup.plan(axes: columns.count)
    var recording = Recording(rows: setup.rows, stride: 5, seed: 4)
    let features = recording.features(plan, hop: 1, windows: 1, columns: columns)
    #expect(firstDifference(features, try assembled(setup, recording, columns: columns)) == nil)
    // Columns that are not asked for may hold anything.
    for index in recording.samples.indices where !columns.contains(index % 5) {
      recording.samples[index] = .nan
    }
    #expect(
      firstDifference(recording.features(plan, hop: 1, windows: 1, columns: columns), features) == nil)
  }

  @Test(arguments: Setup.all, [Double.nan, .infinity, 1e39])
  func badValuesSpoilTheirOwnAxis(_ setup: Setup, _ bad: Double) throws {
    let plan = try setup.plan(axes: 3)
    var recording = Recording(rows: setup.rows, stride: 3, seed: 5)
    let clean = recording.features(plan, hop: 1, windows: 1, columns: [0, 1, 2])
    recording.samples[1] = bad
    let features = recording.features(plan, hop: 1, windows: 1, columns: [0, 1, 2])
    let axis = axisOfFeatures(setup, plan)
    for (index, value) in features.enumerated() where axis[index] != 1 {
      #expect(value.bitPattern == clean[index].bitPattern, "feature \(index)")
    }
    let spoilt = zip(features, axis).filter { $0.1 == 1 }.map { $0.0 }
    switch setup.type {
    // The mean is not a number or not finite, and it is subtracted from every value.
    case "spectral-analysis": #expect(spoilt.allSatisfy { $0.isNaN })
    case "flatten": if bad.isNaN { #expect(spoilt.allSatisfy { $0.isNaN }) }
    default: #expect(spoilt.filter { !$0.isFinite }.count == 1)
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
    var recording = Recording(rows: windows * setup.rows, stride: 1, seed: 6)
    let clean = recording.features(plan, hop: setup.rows, windows: windows, columns: [0])
    for window in [5, 6, 31, 33] { recording.samples[window * setup.rows] = .nan }
    let features = recording.features(plan, hop: setup.rows, windows: windows, columns: [0])
    let count = plan.featureCount
    for window in 0..<windows {
      let range = window * count..<(window + 1) * count
      if [5, 6, 31, 33].contains(window) {
        #expect(features[range].contains { $0.isNaN }, "window \(window)")
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
