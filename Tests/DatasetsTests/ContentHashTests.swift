// The expected digits come from Python's xxhash 3 over the same bytes: lengths on both sides of the places where XXH3
// takes another way (16, 128, 240 bytes, blocks of 1 KiB).
// The same bytes in pieces of several sizes give the same digits: readers hash what they happen to read.
import Testing

@testable import Datasets

@Suite struct ContentHashTests {
  private static let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }

  @Test(arguments: [
    (0, "99aa06d3014798d86001c324468d497f"),
    (1, "22bbb76b211a39ba13e608bc156defed"),
    (3, "ce31763cbf8245a5a9088dda485b481c"),
    (9, "c72c88247a9a56d7eafab1c7f123109f"),
    (17, "bfd327edcc2fbd12eeed7654312a26d7"),
    (129, "293e4968c4619023bd91ce7ace4d385b"),
    (240, "ad46c1021b076bc704e0b5f034bee80b"),
    (241, "ac6c3492c3d6b45d8beadd3a8874fe17"),
    (1024, "18bc0eaca9a336369b81661c641c72b1"),
    (1025, "bf447251cfa98d7c806c2072ed713576"),
    (5000, "c98ae385d09887cc799aaddd7339581d"),
  ])
  func digitsAreThoseOfTheSpecification(count: Int, digits: String) {
    #expect(ByteSource.fingerprint(of: Array(Self.bytes.prefix(count))) == "xxh128:\(digits)")
  }

  @Test(arguments: [1, 7, 64, 1000, 4096])
  func piecesMakeNoDifference(size: Int) {
    let hash = ContentHash()
    for start in stride(from: 0, to: Self.bytes.count, by: size) {
      Self.bytes[start..<min(start + size, Self.bytes.count)].withUnsafeBytes { hash.update($0) }
    }
    #expect(hash.text == "xxh128:c98ae385d09887cc799aaddd7339581d")
  }
}
