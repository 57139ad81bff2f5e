// Seeded damage to PNG and JPEG files, as in MutationTests. A mutant may still be a picture, of any accepted size, or it
// gives a DatasetError; it never ends the process, and memory stays within what the header and the file account for.
// PNG checksums are repaired in half of the mutants, or damage would never reach the decoder. The environment variable
// EDGEDSP_IMAGE_MUTANTS sets the number of mutants a picture; by default a few hundred, of small size.

import Foundation
import Testing

@testable import Datasets

@Suite struct ImageMutationTests {
  static let mutants = ProcessInfo.processInfo.environment["EDGEDSP_IMAGE_MUTANTS"].flatMap { Int($0) } ?? 300

  @Test(arguments: PictureFixture.all)
  func readsOrRefusesMutants(picture: PictureFixture) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: UInt64(picture.bytes.count))
    var options = ReadingOptions()
    options.image = ImageResizing(width: 5, height: 4, mode: .fitShort)
    var refused = 0
    var wrong: [String] = []
    for index in 0..<Self.mutants {
      var bytes = MutationTests.mutant(of: picture.bytes, &random)
      if index % 2 == 0 { bytes = Self.withChecksums(bytes) }
      do {
        let reader = try RecordingFile.open(
          path: folder.write("r", bytes), displayName: "r", options: options)
        let recording = try Recording(reading: reader)
        if recording.header.imageSize != nil && recording.rows.count != 20 { wrong.append("\(bytes)") }
      } catch is DatasetError {
        refused += 1
      }
    }
    #expect(wrong == [])
    #expect(refused > Self.mutants / 20)
    // Of a process that has run every other test too: far below what a 64-bit size field could ask for.
    #expect(Self.peakMebibytes() < 4096)
  }

  static func peakMebibytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  /// A PNG file with the checksum of each chunk made right, as far as there are chunks.
  static func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: PNGPicture.signature) else { return bytes }
    var bytes = bytes
    var position = 8
    while bytes.count - position >= 12 {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count - position - 12 >= length else { break }
      let sum = checksum(bytes[position + 4..<position + 8 + length])
      for byte in 0..<4 { bytes[position + 8 + length + byte] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * byte)) }
      position += length + 12
    }
    return bytes
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
