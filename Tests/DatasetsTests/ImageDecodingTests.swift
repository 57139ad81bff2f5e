// Every colour type of PNG and the usual kinds of JPEG, decoded to the pixels that the files were made of (PNG) or that
// Pillow gives (JPEG); `Fixtures/images/make_images.py` says how. Pixels are compared exactly. One axis, one row a
// pixel, the whole file hashed; options other than a size do not matter. Data that cameras append or pad are no error,
// as long as the picture is whole.

import Testing

@testable import Datasets

@Suite struct ImageDecodingTests {
  static let readable = PictureFixture.all.filter { $0.name != "cmyk.jpg" }

  @Test func fixturesAreThere() { #expect(PictureFixture.all.count == 20) }

  @Test(arguments: readable)
  func decodesExactly(picture: PictureFixture) throws {
    let recording = try read(picture.bytes)
    #expect(recording.header.sensors == [Sensor(name: "image", units: "rgba")])
    #expect(recording.header.imageSize == picture.size)
    #expect(recording.header.intervalMs == 1)
    #expect(difference(recording.rows, picture.rows) == nil)
    #expect(recording.fingerprint == picture.fingerprint)
  }

  @Test(arguments: [1, 3, 7, 1000])
  func batchAndChunkDoNotMatter(batch: Int) throws {
    for name in ["rgb8.png", "420.jpg"] {
      let picture = PictureFixture.named(name)
      #expect(try difference(read(picture.bytes, chunk: 2 * batch, batch: batch).rows, picture.rows) == nil)
    }
  }

  @Test func tellsWhatItKnowsBeforeDecoding() throws {
    let folder = try TemporaryFolder()
    let picture = PictureFixture.named("rotated.jpg")
    var options = ReadingOptions()
    let path = try folder.write("p.jpg", picture.bytes)
    let plain = try RecordingFile.open(path: path, displayName: "p.jpg", options: options)
    #expect(plain.rowCount == picture.rows.count && plain.fingerprint == nil)
    #expect(plain.remarks == ["EXIF orientation 6 is not applied: pixels are taken as they are stored"])
    options.image = ImageResizing(width: 4, height: 3)
    let small = try RecordingFile.open(path: path, displayName: "p.jpg", options: options)
    #expect(small.rowCount == 12 && small.header.imageSize == PixelSize(width: 4, height: 3))
    #expect(try Recording(reading: small).rows.count == 12)
    options.image = ImageResizing(width: picture.size.width, height: picture.size.height)
    let same = try RecordingFile.open(path: path, displayName: "p.jpg", options: options)
    #expect(try difference(Recording(reading: same).rows, picture.rows) == nil)
  }

  @Test func bytesBehindThePictureDoNotMatter() throws {
    for name in ["rgb8.png", "progressive.jpg"] {
      let picture = PictureFixture.named(name)
      #expect(try difference(read(picture.bytes + [0xFF, 0xD8, 1, 2, 3]).rows, picture.rows) == nil)
    }
  }

  @Test func paddingBeforeTheEndDoesNotMatter() throws {
    for name in ["444.jpg", "progressive.jpg"] {
      let picture = PictureFixture.named(name)
      #expect(
        try difference(read(picture.bytes.dropLast(2) + [0, 0, 0, 0xFF, 0xD9]).rows, picture.rows) == nil, "\(name)")
    }
  }
}
