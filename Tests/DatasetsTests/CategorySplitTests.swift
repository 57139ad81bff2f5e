// Strategy: the rule is compared with digests written by hand and with files whose MD5 is known from md5sum, one for
// each way that the first digits decide. Folders show whom it concerns: files without a category, and files that a
// label file calls `split`; nobody else may move. Subsets: the share is met, larger ones hold smaller ones, the choice
// is pinned, so that it stays the same from version to version.

import Glibc
import Testing

@testable import Datasets

@Suite struct CategorySplitTests {
  @Test(
    arguments: [
      ([0x00], .training), ([0xB0], .training), ([0xBF], .training), ([0xC0], .testing), ([0xE1], .testing),
      ([0xF0], .training), ([0xFC], .testing), ([0xFF, 0xFF, 0xD0], .testing), ([0xFF, 0x4F], .training),
      ([0xFF, 0xFF], .training),
    ] as [([UInt8], Datasets.Category)])
  func readsDigits(digest: [UInt8], category: Datasets.Category) {
    #expect(CategorySplit.category(digest: digest) == category)
  }

  /// By md5sum: a 0cc1…, d 8277…, 4 a87f…, 2 c81e…, 3 eccb…, 1 c4ca….
  static let contents: [(String, Datasets.Category)] = [
    ("a", .training), ("d", .training), ("4", .training), ("2", .testing), ("3", .testing), ("1", .testing),
  ]

  @Test func dealsOutByBytes() throws {
    let folder = try TemporaryFolder()
    for (text, category) in Self.contents {
      #expect(try CategorySplit.md5.category(ofFile: folder.write("f", text)) == category)
    }
    let large = try folder.write("large", [UInt8](repeating: 7, count: 1_000_000))
    #expect(try CategorySplit.md5.category(ofFile: large) == .training)
    #expect(throws: DatasetError.self) { try CategorySplit.md5.category(ofFile: folder.path + "/none") }
    try #require(mkfifo(folder.path + "/pipe", 0o600) == 0)
    #expect(throws: DatasetError.self) { try CategorySplit.md5.category(ofFile: folder.path + "/pipe") }
  }

  @Test func movesOnlyWhatIsUndecided() throws {
    let folder = try TemporaryFolder()
    for (text, _) in Self.contents { try folder.write("n\(text).json", text) }
    try folder.write("train/x.json", "1")
    try folder.write("val/y.json", "a")
    let split = try Dataset.open(path: folder.path, split: .md5)
    let categories = Dictionary(uniqueKeysWithValues: split.entries.map { ($0.path, $0.category) })
    for (text, category) in Self.contents { #expect(categories["n\(text).json"] == category) }
    #expect(categories["train/x.json"] == .training && categories["val/y.json"] == .testing)
    let plain = try Dataset.open(path: folder.path)
    #expect(plain.entries.filter { $0.category == .testing }.map(\.path) == ["val/y.json"])
  }

  @Test func dealsOutWhatALabelFileCallsSplit() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "a")
    try folder.write("b.json", "1")
    try folder.write("info.labels", DatasetFolderTests.info(["a.json", "b.json"], category: "split"))
    #expect(
      lines(try Dataset.open(path: folder.path)) == ["2 b.json n-b.json testing L", "1 a.json n-a.json training L"])
  }

  @Test func readsClassFolders() throws {
    let folder = try TemporaryFolder()
    for name in ["dog.class/00001.json", "cat.class/x/00002.json", ".class/no.json", "class/z.json", "a.class.json"] {
      try folder.write(name, "x")
    }
    #expect(
      lines(try Dataset.open(path: folder.path)) == [
        "4 dog.class/00001.json 00001 training dog", "3 class/z.json z training z",
        "2 cat.class/x/00002.json 00002 training cat", "1 a.class.json a.class training a",
      ])
  }

  @Test func subsetsAreNestedAndStable() throws {
    let names = (0..<2000).map { "wave.\($0)" }
    func chosen(_ percentage: Double, _ seed: Int = 0) throws -> Set<String> {
      let subset = try #require(DatasetSubset(includePercentage: percentage, seed: seed))
      return Set(names.filter(subset.includes))
    }
    #expect(try chosen(0).isEmpty && chosen(100).count == 2000)
    #expect(try chosen(20).isSubset(of: chosen(21)) && chosen(21).isSubset(of: chosen(80)))
    // Four standard deviations of the binomial distribution.
    #expect(try abs(chosen(20).count - 400) < 72)
    #expect(try abs(chosen(20).intersection(chosen(20, 1)).count - 80) < 36)
    #expect(names.prefix(30).filter(try chosen(20).contains) == Self.firstOfTwentyPercent)
    #expect(DatasetSubset(includePercentage: 100.5) == nil && DatasetSubset(includePercentage: .nan) == nil)
  }

  static let firstOfTwentyPercent = ["wave.0", "wave.5", "wave.13", "wave.15", "wave.28"]
}
