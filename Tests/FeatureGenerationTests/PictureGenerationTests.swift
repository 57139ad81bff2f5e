// Whole generations from folders of pictures (`Fixtures/images`) and of single rows. Features must be those of the image
// block on the resized pixels, one window a picture, whatever the number of threads, and `features` must agree with
// `generate`. Numbers where pictures belong, and the other way round, are refused by file; so are blocks that need a
// rate. Decoding and resizing by themselves are checked in DatasetsTests.

import Datasets
import Foundation
import ProcessingBlocks
import Testing

@testable import FeatureGeneration

struct PictureGenerationTests {
  struct Stored: Decodable { let bytes: Data }

  static func pictures() throws -> [String: Data] {
    let data = try Data(contentsOf: URL(filePath: Fixture.path("images/pictures.json")))
    return try JSONDecoder().decode([String: Stored].self, from: data).mapValues(\.bytes)
      .filter { $0.key != "cmyk.jpg" }
  }

  static func write(_ bytes: Data, _ name: String, to folder: TemporaryFolder) throws {
    try folder.write("", to: "data/training/\(name)")
    try bytes.write(to: folder.url.appending(path: "data/training/\(name)"))
  }

  static func impulse(_ kind: InputBlock.Kind, _ blocks: [(type: String, axes: [String], channels: String)]) -> Impulse
  {
    var rows = 1
    if case .image(let resizing) = kind { rows = resizing.width * resizing.height }
    let input = InputBlock(
      id: 1, frequency: 0, window: SlidingWindow(wholeRecordingOf: rows), labeling: .endOfWindow, kind: kind)
    return Impulse(
      name: "Pictures",
      blocks: blocks.enumerated().map { index, block in
        ImpulseBlock(
          id: index + 2, name: block.type, type: block.type, implementationVersion: 1, axes: block.axes,
          parameters: block.type == "image" ? ["channels": .text(block.channels)] : [:], input: input)
      })
  }

  static func generator(_ impulse: Impulse, threads: Int = 2, keepsGoing: Bool = false) throws -> FeatureGenerator {
    var options = FeatureGenerator.Options()
    options.threads = threads
    options.keepsGoing = keepsGoing
    return try FeatureGenerator(impulse, impulseFile: "test.json", options: options)
  }

  static let resizing = ImageResizing(width: 6, height: 5, mode: .fitLong)

  @Test func oneWindowAPicture() throws {
    try withTemporaryFolder { folder in
      for (name, bytes) in try Self.pictures() { try Self.write(bytes, "l\(name)", to: folder) }
      let impulse = Self.impulse(
        .image(Self.resizing),
        [("image", ["image"], "RGB"), ("image", ["image"], "Grayscale"), ("raw", ["image"], "")])
      let dataset = try folder.dataset()
      #expect(dataset.entries.count == 19)
      for threads in [1, 2, 5] {
        let report = try Self.generator(impulse, threads: threads).generate(dataset, to: folder.path("out-\(threads)"))
        #expect(report.windows == 19 && report.recordings == 19)
        #expect(report.warnings.map { $0.prefix(39) } == ["training/lrotated.jpg: EXIF orientation"])
      }
      #expect(firstDifference(folder.snapshot("out-2"), folder.snapshot("out-1")) == nil)
      #expect(firstDifference(folder.snapshot("out-5"), folder.snapshot("out-1")) == nil)

      var options = ReadingOptions()
      options.image = Self.resizing
      var pixels: [Double] = []
      for entry in dataset.entries {
        let reader = try RecordingFile.open(path: entry.filePath, displayName: entry.path, options: options)
        pixels += try Recording(reading: reader).rows
      }
      let rgb = try folder.features("2-image", in: "out-1")
      #expect(rgb.shape == [19, 90])
      let levels = pixels.flatMap { pixel in [16, 8, 0].map { Float(Double(Int(pixel) >> $0 & 255) / 255) } }
      #expect(firstDifference(bits: rgb.values, levels) == nil)
      let grey = try folder.features("3-image", in: "out-1")
      #expect(grey.shape == [19, 30])
      let raw = try folder.features("4-raw", in: "out-1")
      #expect(firstDifference(bits: raw.values, pixels.map { Float($0) }) == nil)
      #expect(try folder.y("2-image", in: "out-1").allSatisfy { $0[2] == 0 && $0[3] == 30 })
      let metadata = try folder.metadata("2-image", in: "out-1")
      #expect(metadata.frequency == 0 && metadata.windowSizeMs == 30 && !metadata.padZeros)
      #expect(metadata.outputConfig.type == "image")
      #expect(metadata.outputConfig.shape == ["width": 6, "height": 5, "channels": 3, "frames": 1])

      let generator = try Self.generator(impulse)
      let one = try generator.features(
        ofRecordingAt: dataset.entries[3].filePath, block: generator.blocks[0], label: .single("l"))
      #expect(one.windows.count == 1 && one.windows[0].endMs == 30 && one.summary.rows == 30)
      #expect(firstDifference(bits: one.windows[0].features, Array(rgb.values[270..<360])) == nil)
    }
  }

  @Test func numbersAndPicturesDoNotMix() throws {
    try withTemporaryFolder { folder in
      let pictures = try Self.pictures()
      try Self.write(try #require(pictures["rgb8.png"]), "a.1.png", to: folder)
      try Self.write(try #require(pictures["rgb8.png"]).dropLast(20), "a.2.png", to: folder)
      try SyntheticRecording(name: "a.3.json", rows: 30, seed: 1).write(to: folder)
      let dataset = try folder.dataset()
      let images = Self.impulse(.image(Self.resizing), [("image", ["image"], "RGB")])
      let report = try Self.generator(images, keepsGoing: true).generate(dataset, to: folder.path("images"))
      #expect(report.windows == 1)
      #expect(
        report.skipped.map(\.reason) == [
          "training/a.3.json: expected a picture, as the impulse takes them, found rows of numbers",
          "training/a.2.png: byte 158: expected 121 bytes in the chunk \"IDAT\" at byte 33, found the end of the file",
        ])
      #expect(throws: DatasetErrors.self) { try Self.generator(images).generate(dataset, to: folder.path("none")) }
      let motion = try SyntheticImpulse().generator { $0.keepsGoing = true }
      let numbers = try motion.generate(dataset, to: folder.path("numbers"))
      #expect(
        numbers.skipped.first { $0.path == "training/a.1.png" }?.reason
          == "training/a.1.png: expected rows of numbers, as the impulse takes them, found a picture")
    }
  }

  @Test func singleRows() throws {
    try withTemporaryFolder { folder in
      for index in 0..<40 {
        try SyntheticRecording(
          name: "r.\(index).json", intervalMs: index % 2 == 0 ? 1 : 1000, rows: 1, seed: UInt64(index)
        )
        .write(to: folder)
      }
      let axes = ["accX", "accZ"]
      let impulse = Self.impulse(.features, [("raw", axes, ""), ("flatten", axes, "")])
      let report = try Self.generator(impulse).generate(folder.dataset(), to: folder.path("out"))
      #expect(report.windows == 40)
      #expect(
        report.warnings.map { $0.prefix(44) } == [
          "block 3 (flatten): window = 1 row: has no sp", "block 3 (flatten): 6 of 14 features are the ",
        ], "there is no spread in a row, in all of them")
      let expected = try folder.dataset().entries.flatMap { entry in
        let row = try Recording(path: entry.filePath).rows
        return [Float(row[0]), Float(row[2])]
      }
      #expect(try firstDifference(bits: folder.features("2-raw").values, expected) == nil)
      #expect(try folder.features("3-flatten").shape == [40, 14])
      #expect(try folder.y("2-raw").allSatisfy { $0[2] == 0 && $0[3] == 1 })
      for rows in [2, 5_000] {
        try SyntheticRecording(name: "r.99.json", rows: rows, seed: 9).write(to: folder)
        let error = try #require(throws: DatasetErrors.self) {
          try Self.generator(impulse).generate(folder.dataset(), to: folder.path("again"))
        }
        #expect(
          error.description
            == "training/r.99.json: row 1: expected exactly 1 row, as the impulse's input block takes them, found more")
      }
    }
  }

  @Test(
    arguments: [
      (
        "flatten", ["image"], true, "type = flatten: takes no pictures, which its input block gives; use an image block"
      ),
      ("image", ["accX"], true, "axes = accX: pictures have one axis, named image; use [\"image\"]"),
      (
        "mfe", ["accX"], false,
        "type = mfe: takes no single rows, which its input block gives; use a raw or flatten block"
      ),
    ])
  func blocksThatCannotUseTheInput(type: String, axes: [String], isImage: Bool, line: String) throws {
    let kind: InputBlock.Kind = isImage ? .image(Self.resizing) : .features
    let error = try #require(throws: ImpulseError.self) {
      try Self.generator(Self.impulse(kind, [(type, axes, "RGB")]))
    }
    #expect(error.problems.map(\.description) == ["block 2 (\(type)): \(line)"])
  }

  @Test func settingsOfAnImageBlockAreRead() throws {
    func input(_ settings: [String: Any]) throws -> InputBlock {
      try ImpulseJSON.motion.editing { json in
        json.edit("impulse", "inputBlocks", 0) { $0.setImage(settings) }
      }.impulse().blocks[0].input
    }
    let plain = try input(["imageWidth": 96, "imageHeight": 64])
    #expect(plain.kind == .image(ImageResizing(width: 96, height: 64, mode: .squash, method: .lanczos3)))
    #expect(plain.window == SlidingWindow(wholeRecordingOf: 96 * 64) && plain.frequency == 0)
    let full = try input([
      "imageWidth": 9, "imageHeight": 8, "resizeMode": "crop", "resizeMethod": "nearest", "cropAnchor": "bottom-left",
    ])
    #expect(
      full.kind
        == .image(ImageResizing(width: 9, height: 8, mode: .crop, method: .nearest, anchor: .bottomLeft)))
    let rows = try ImpulseJSON.motion.editing { json in
      json.edit("impulse", "inputBlocks", 0) { $0.set("type", "features") }
    }.impulse()
    #expect(rows.blocks[0].input.kind == .features && rows.blocks[0].input.window.rows == 1)
  }

  @Test func whatChangesPixelsChangesTheHash() throws {
    let variants = [
      Self.resizing, ImageResizing(width: 5, height: 6, mode: .fitLong), ImageResizing(width: 6, height: 5),
      ImageResizing(width: 6, height: 5, mode: .fitLong, method: .nearest),
      ImageResizing(width: 6, height: 5, mode: .crop),
      ImageResizing(width: 6, height: 5, mode: .crop, anchor: .topLeft),
    ]
    let hashes = try variants.map {
      try Self.generator(Self.impulse(.image($0), [("image", ["image"], "RGB")])).blocks[0].configurationHash
    }
    #expect(Set(hashes).count == variants.count)
  }
}

extension ImpulseJSON {
  /// Turns an input block into one for pictures.
  mutating func setImage(_ settings: [String: Any]) {
    set("type", "image")
    for (key, value) in settings { set(key, value) }
  }
}
