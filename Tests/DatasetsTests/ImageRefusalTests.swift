// Files cut off at every third byte and at each of the last, and files with one lie each: sizes, lengths, order, checksums, scans. All give a
// DatasetError that names the file; never a picture with a part missing. Claims are checked before memory is asked for,
// so a small file that claims a large picture is refused at once. Data that ends early inside a scan is refused even
// where the end marker follows.

import Testing

@testable import Datasets

@Suite struct ImageRefusalTests {
  @Test(arguments: ImageDecodingTests.readable)
  func refusesEveryBeginning(picture: PictureFixture) throws {
    let folder = try TemporaryFolder()
    let total = picture.bytes.count
    let counts = (1..<total).filter { $0 % 3 == 0 || $0 > total - 20 }
    let wrong = try counts.filter { count in
      do {
        _ = try read(Array(picture.bytes.prefix(count)), in: folder)
        return true
      } catch let error as DatasetError {
        return error.file != "r" || error.kind == .system
      }
    }
    #expect(wrong == [])
  }

  @Test(arguments: ["444.jpg", "420.jpg", "grey.jpg", "progressive.jpg"])
  func refusesDataThatEndsEarly(name: String) throws {
    let picture = PictureFixture.named(name)
    let dropped = picture.bytes.dropLast(2 + 8) + [0xFF, 0xD9]
    #expect(failure(Array(dropped)).hasPrefix("r: expected a whole JPEG picture, found "))
  }

  @Test func refusesPrintColors() {
    #expect(
      failure(PictureFixture.named("cmyk.jpg").bytes)
        == "r: expected a picture in RGB, YCbCr or grey, found one in CMYK, for print")
  }

  /// Bytes of the header chunk with a valid checksum do not matter: size is checked first.
  static func png(width: [UInt8], height: [UInt8]) -> [UInt8] {
    var bytes = PictureFixture.named("rgb8.png").bytes
    bytes.replaceSubrange(16..<24, with: width + height)
    return bytes
  }

  @Test func refusesLargeClaims() {
    #expect(
      failure(Self.png(width: [0, 1, 0, 0], height: [0, 0, 0, 1]))
        == "r: byte 16: expected 1 to 65535 pixels a side, and at most 67108864 in all, found 65536 x 1")
    #expect(
      failure(Self.png(width: [0, 0, 0xFF, 0], height: [0, 0, 0xFF, 0]))
        == "r: byte 16: expected 1 to 65535 pixels a side, and at most 67108864 in all, found 65280 x 65280")
    #expect(
      failure(Self.png(width: [0, 0, 0, 0], height: [0, 0, 0, 1]))
        == "r: byte 16: expected 1 to 65535 pixels a side, and at most 67108864 in all, found 0 x 1")
    #expect(
      failure(Self.png(width: [0, 0, 0x20, 0], height: [0, 0, 0x20, 0]))
        .hasPrefix("r: expected data for 8192 x 8192 pixels, found "))
    var jpeg = PictureFixture.named("444.jpg").bytes
    guard let frame = jpeg.indices.dropLast(8).first(where: { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 }) else {
      Issue.record("no frame header")
      return
    }
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0x20, 0, 0x20, 0])
    #expect(failure(jpeg) == "r: expected data for 8192 x 8192 pixels, found \(jpeg.count) bytes, too few")
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(failure(jpeg).hasSuffix("at most 67108864 in all, found 65535 x 65535"))
  }

  @Test func refusesDocumentsThatReferToAPicture() {
    let text =
      #"{"payload":{"interval_ms":1,"sensors":[{"name":"image","units":"rgba"}],"values":["Ref-BINARY-image/jpeg (20 bytes) 00"]}}"#
    #expect(
      failure(text).hasSuffix(
        "found \"Ref-BINARY-image/jpeg (20 bytes) 00\": the picture or video is in a file of its own, which can be read "
          + "in its place"))
  }

  @Test func refusesBrokenStructure() {
    let png = PictureFixture.named("rgb8.png").bytes
    var changed = png
    changed[12] = UInt8(ascii: "J")
    #expect(
      failure(changed).contains("byte 8: expected the header chunk \"IHDR\" of 13 bytes, found the chunk \"JHDR\""))
    changed = png
    changed[png.count - 14] ^= 1
    #expect(failure(changed).hasPrefix("r: expected a whole PNG picture, found "))
    changed = png
    changed[33] = 0x7F
    #expect(failure(changed).contains("bytes in the chunk \"IDAT\" at byte 33, found the end of the file"))
    var jpeg = PictureFixture.named("444.jpg").bytes
    jpeg[20] = 7
    #expect(failure(jpeg) == "r: byte 20: expected a marker (0xFF), found 0x7")
    #expect(failure([0xFF, 0xD8, 0xFF, 0xD9]) == "r: expected a frame header, found a JPEG file without one")
  }

  @Test func anErrorIsFinal() throws {
    let folder = try TemporaryFolder()
    var bytes = PictureFixture.named("rgb8.png").bytes
    bytes[bytes.count - 14] ^= 1
    let reader = try RecordingFile.open(path: folder.write("p.png", bytes), displayName: "p.png")
    let row = UnsafeMutableBufferPointer<Double>.allocate(capacity: 1)
    defer { row.deallocate() }
    let errors = (0..<2).map { _ in
      do {
        return "\(try reader.readRows(into: row))"
      } catch {
        return "\(error)"
      }
    }
    #expect(errors[0] == errors[1] && errors[0].hasPrefix("p.png: expected"))
    #expect(reader.fingerprint == nil)
  }
}
