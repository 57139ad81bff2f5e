import Foundation
import NumPyFiles
import Testing

@testable import StudioServer

// Strategy: feature sets are written with features of known worth, and the forest must find them: the planted first,
// noise far behind, equal copies alike, and for each label the feature that tells it apart. Gini importance of a single
// split is compared with the number worked out by hand. Everything must come out bit for bit the same on any number of
// threads and in any order of the windows. What cannot be analysed must be refused with a message.

/// A feature set that is made in memory and written for a test.
private struct MadeSet {
  var rows: [[Float]] = []
  var targets: [[Int32]] = []
  var labels = ["idle", "snake", "wave"]

  mutating func add(_ features: [Float], label: Int32) {
    let place = Int32(rows.count)
    rows.append(features)
    targets.append([label, 100 + place / 10, place % 10 * 500, place % 10 * 500 + 1000])
  }

  func importance(_ options: FeatureImportance.Options = .init(), order: [Int]? = nil) throws -> FeatureImportance {
    let folder = FileManager.default.temporaryDirectory.appending(path: "importance-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let order = order ?? Array(rows.indices)
    let x = folder.appending(path: "X.npy").path(percentEncoded: false)
    let y = folder.appending(path: "y.npy").path(percentEncoded: false)
    try NumPyWriter.write(order.flatMap { rows[$0] }, shape: [rows.count, rows.first?.count ?? 0], to: x)
    try NumPyWriter.write(order.flatMap { targets[$0] }, shape: [targets.count, 4], to: y)
    return try FeatureImportance(x: x, y: y, labels: labels, options: options)
  }

  /// Three labels; column 3 tells all apart, column 7 tells "wave" from the others, the rest is noise.
  static func planted(_ count: Int = 300, columns: Int = 12) -> MadeSet {
    var set = MadeSet()
    var random = SplitMix64(seed: 5)
    func noise() -> Float { Float(random.below(1 << 20)) / Float(1 << 20) }
    for index in 0..<count {
      let label = Int32(index % 3 + 1)
      var row = (0..<columns).map { _ in noise() }
      row[3] = Float(label) + 0.9 * noise()
      row[7] = (label == 3 ? 1 : 0) + 0.9 * noise()
      set.add(row, label: label)
    }
    return set
  }
}

struct FeatureImportanceTests {
  @Test func plantedFeaturesComeFirst() throws {
    let found = try MadeSet.planted().importance()
    let ranked = found.overall.indices.sorted { found.overall[$0] > found.overall[$1] }
    #expect(Array(ranked.prefix(2)) == [3, 7], "\(found.overall)")
    #expect(ranked.dropFirst(2).allSatisfy { found.overall[$0] < 0.08 }, "\(found.overall)")
    #expect(abs(found.overall.reduce(0, +) - 1) < 1e-12)
  }

  @Test func eachLabelHasItsOwnImportance() throws {
    let found = try MadeSet.planted().importance()
    #expect(Set(found.byLabel.keys) == ["idle", "snake", "wave"])
    let idle = try #require(found.byLabel["idle"])
    let wave = try #require(found.byLabel["wave"])
    #expect(wave[7] > 3 * idle[7], "column 7 tells wave alone apart: \(wave[7]) and \(idle[7])")
    #expect(found.byLabel.values.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 && $0.allSatisfy { $0 >= 0 } })
  }

  /// One column, so that each tree has one split, and one place for it.
  @Test func aSplitIsWorthWhatItTakesFromTheImpurity() {
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4)
    defer { values.deallocate() }
    _ = values.initialize(from: [1, 1, 2, 2])
    let features = BinnedFeatures(values, rows: 4, threads: 1)
    let grower = TreeGrower(features, classes: [0, 0, 1, 0], labelCount: 2, depth: 1, tries: 1)
    for seed in 0..<50 {
      var random = SplitMix64(seed: UInt64(seed))
      var drawn = [0.0, 0, 0, 0]
      var copy = random
      for _ in 0..<4 { drawn[copy.below(4)] += 1 }
      let (left, right, label) = (drawn[0] + drawn[1], drawn[2] + drawn[3], drawn[2])
      let expected = left == 0 || right == 0 || label == 0 ? 0 : label * label / right - label * label / 4
      let worth = grower.grow(&random)
      #expect(abs((worth.values.last ?? 0) - expected) < 1e-12, "seed \(seed)")
      #expect(abs((worth.values.first ?? 0) - expected) < 1e-12, "two labels lose the same, seed \(seed)")
    }
  }

  @Test(arguments: [2, 3, 7]) func threadsChangeNothing(_ threads: Int) throws {
    let set = MadeSet.planted()
    var options = FeatureImportance.Options()
    options.trees = 30
    let alone = try set.importance(options)
    options.threads = threads
    #expect(try set.importance(options) == alone)
    #expect(try set.importance(options) == alone, "twice the same")
  }

  @Test(arguments: [20_000, 90]) func theOrderOfWindowsChangesNothing(_ mostRows: Int) throws {
    let set = MadeSet.planted()
    var options = FeatureImportance.Options()
    options.trees = 20
    options.mostRows = mostRows
    var random = SplitMix64(seed: 9)
    let order = set.rows.indices.shuffled(using: &random)
    #expect(try set.importance(options, order: order) == set.importance(options))
    options.seed = 2
    let other = try set.importance(options)
    options.seed = 1
    #expect(try set.importance(options) != other, "another seed is another forest")
  }

  @Test func aSampleKeepsRareLabels() throws {
    var set = MadeSet.planted(3000)
    for index in set.targets.indices where set.targets[index][0] == 2 && index > 100 { set.targets[index][0] = 1 }
    var options = FeatureImportance.Options()
    options.trees = 10
    options.mostRows = 200
    #expect(try set.importance(options).byLabel["snake"] != nil)
    options.mostRows = 20_000
    options.mostValues = 12 * 200
    #expect(try set.importance(options).byLabel["snake"] != nil)
  }

  @Test func copiesOfAFeatureShareItsWorth() throws {
    var set = MadeSet.planted(600)
    for index in set.rows.indices { set.rows[index][8] = set.rows[index][3] }
    let found = try set.importance()
    #expect(abs(found.overall[8] - found.overall[3]) < 0.15 * (found.overall[8] + found.overall[3]), "\(found.overall)")
  }

  @Test func valuesThatAreNoNumbersAreLowest() throws {
    var set = MadeSet.planted()
    for index in set.rows.indices {
      set.rows[index][3] = set.targets[index][0] == 1 ? .nan : set.targets[index][0] == 2 ? -.infinity : .infinity
      set.rows[index][7] = 0
      set.rows[index][0] = index % 2 == 0 ? 0 : -0.0
    }
    let found = try set.importance()
    #expect(found.overall[3] > 0.5, "\(found.overall)")
    #expect(
      found.overall[7] == 0 && found.overall[0] == 0, "constant columns, and those of two zeros, are worth nothing")
  }

  @Test func constantFeaturesAreWorthNothing() throws {
    var set = MadeSet()
    for index in 0..<40 { set.add([1, 2], label: Int32(index % 2 + 1)) }
    let found = try set.importance()
    #expect(found.overall == [0, 0])
    #expect(found.byLabel == ["idle": [0, 0], "snake": [0, 0]])
  }

  @Test func unlabelledWindowsArePassedOver() throws {
    var set = MadeSet.planted()
    let labelled = try set.importance()
    for index in 0..<50 { set.add(.init(repeating: Float(index), count: 12), label: 0) }
    #expect(try set.importance() == labelled)
  }

  @Test func oneLabelIsRefused() throws {
    var set = MadeSet()
    for index in 0..<10 { set.add([Float(index)], label: 2) }
    let error = #expect(throws: AnalysisError.self) { try set.importance() }
    #expect(error?.description == "feature importance needs windows of at least two labels; found only \"snake\"")
    set.targets[0][0] = 4
    let range = #expect(throws: AnalysisError.self) { try set.importance() }
    #expect(range?.description == "a window has label number 4, and there are 3 labels")
  }

  @Test func cancellingEndsIt() throws {
    var set = MadeSet.planted()
    set.labels = ["a", "b", "c"]
    let folder = FileManager.default.temporaryDirectory.appending(path: "importance-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (x, y) = (folder.path(percentEncoded: false) + "/X.npy", folder.path(percentEncoded: false) + "/y.npy")
    try NumPyWriter.write(set.rows.flatMap { $0 }, shape: [set.rows.count, 12], to: x)
    try NumPyWriter.write(set.targets.flatMap { $0 }, shape: [set.rows.count, 4], to: y)
    let error = #expect(throws: AnalysisError.self) {
      try FeatureImportance(x: x, y: y, labels: set.labels, isCancelled: { true })
    }
    #expect(error?.kind == .cancelled)
  }

  @Test func columnsAreNamed() {
    #expect(FeatureNames.columns(["a", "b"], axes: ["x"], count: 2) == ["a", "b"])
    #expect(FeatureNames.columns(["RMS"], axes: ["x", "y"], count: 2) == ["x RMS", "y RMS"])
    #expect(
      FeatureNames.columns(["RMS", "P", "RMS LF", "P"], axes: ["x", "y"], count: 8)
        == ["x RMS", "x P", "y RMS", "y P", "x RMS LF", "x P", "y RMS LF", "y P"])
    #expect(FeatureNames.columns([], axes: ["x", "y"], count: 3) == ["Feature 1", "Feature 2", "Feature 3"])
    #expect(
      FeatureNames.columns([], axes: ["x", "y"], count: 4, isRaw: true) == ["x row 0", "y row 0", "x row 1", "y row 1"])
    #expect(FeatureNames.columns(["a", "b"], axes: ["x", "y"], count: 5).count == 5)
  }
}
