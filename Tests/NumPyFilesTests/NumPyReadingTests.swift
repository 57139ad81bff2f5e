// Reading is tested against files that NumPy wrote (Fixtures/npy/write_examples.py).
// 1. Every dtype and byte order holds the same rule-made numbers; every header spelling too.
// 2. Conversions that go wrong easily (subnormals, NaN, 64-bit integers) are compared bit by bit.
// 3. Streaming with buffers of every small size gives what one large read gives.
// 4. Files of other types and other contents are refused with the dtype in the message.

import Foundation
import Glibc
import Testing

@testable import NumPyFiles

@Suite struct NumPyReadingTests {
  @Test(arguments: [
    "f2-little", "f2-big", "f4-little", "f4-big", "f8-little", "f8-big", "i1", "i2-little", "i2-big",
    "i4-little", "i4-big", "i8-little", "i8-big", "u1", "u2-little", "u2-big", "u4-little", "u4-big",
    "u8-little", "u8-big", "b1",
  ])
  func everyDtypeGivesTheSameNumbers(name: String) throws {
    let header = try NumPyHeader(contentsOf: Example.path("dtype-\(name)"))
    let kind = try #require(NumPyElementType.Kind(rawValue: name.first ?? " "))
    let size = try #require(Int(name.dropFirst().prefix(1)))
    #expect(header.elementType.kind == kind)
    #expect(header.elementType.byteSize == size)
    #expect(header.elementType.byteOrder == (name.hasSuffix("big") ? .big : .little))
    #expect(header.dataOffset == 128)

    let array = try NumPyArray(contentsOf: Example.path("dtype-\(name)"))
    #expect(array.shape == [3, 4])
    #expect(firstDifference(array.values, Example.numbers(kind, count: 12)) == nil)
  }

  @Test(arguments: [
    ("order-fortran-2d", [3, 4], NumPyElementType.Kind.float),
    ("order-fortran-3d", [2, 3, 4], .float), ("order-fortran-big", [4, 3], .signedInteger),
    ("order-fortran-vector", [5], .float), ("shape-none", [], .float), ("shape-vector", [5], .float),
    ("shape-three", [2, 3, 4], .float), ("shape-empty", [0], .float), ("shape-empty-rows", [0, 4], .float),
    ("shape-empty-columns", [3, 0], .float), ("shape-ones", [1, 1, 1, 1], .float),
    ("version-2", [3, 4], .float), ("version-3", [3, 4], .float), ("version-2-long", [3, 4], .float),
  ])
  func ordersShapesAndVersions(name: String, shape: [Int], kind: NumPyElementType.Kind) throws {
    let array = try NumPyArray(contentsOf: Example.path(name))
    #expect(array.shape == shape)
    #expect(firstDifference(array.values, Example.numbers(kind, count: shape.reduce(1, *))) == nil)
  }

  @Test(arguments: [
    "studio", "tight", "loose", "keys", "double-quotes", "mixed-quotes", "long", "long-vector",
    "vector-blanks", "native", "bar", "no-order",
  ])
  func headersTypedByHand(name: String) throws {
    let array = try NumPyArray(contentsOf: Example.path("spelling-\(name)"))
    #expect(array.shape == (name.contains("vector") ? [5] : [3, 4]))
    #expect(firstDifference(array.values, Example.numbers(.float, count: array.values.count)) == nil)
  }

  @Test(arguments: ["little", "big"])
  func extremesKeepTheirValue(order: String) throws {
    func values(_ code: String) throws -> [Double] {
      try NumPyArray(contentsOf: Example.path("special-\(code)-\(order)")).values
    }
    let half: [Double] = [0, -0.0, 0x1p-24, 0x1.FF8p-15, 0x1p-14, 65504, .infinity, -.infinity, .nan]
    #expect(firstDifference(try values("f2"), half) == nil)
    let double: [Double] = [
      0, -0.0, 0x1p-1074, Double(bitPattern: 0x000F_FFFF_FFFF_FFFF), .leastNormalMagnitude,
      .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
    ]
    #expect(firstDifference(try values("f8"), double) == nil)
    let signed: [Double] = [-0x1p63, 0x1p63, 0x1p53, 0x1p53, 0x1p53 + 4]
    #expect(firstDifference(try values("i8"), signed) == nil)
    let unsigned: [Double] = [0, 0x1p64, 0x1p63, 0x1p53, 0x1p53 + 4]
    #expect(firstDifference(try values("u8"), unsigned) == nil)
    #expect(firstDifference(try values("i1"), [-128, 127, -1]) == nil)
    #expect(firstDifference(try values("u4"), [0, 4_294_967_295]) == nil)
  }

  @Test(arguments: ["little", "big"])
  func floatKeepsEveryBit(order: String) throws {
    let floats = try NumPyArray.read(Float.self, from: Example.path("special-f4-\(order)")).values
    let bits: [UInt32] = [
      0, 0x8000_0000, 1, 0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF, 0x7F80_0000, 0xFF80_0000, 0xFFC1_2345,
    ]
    #expect(floats.map(\.bitPattern) == bits)
  }

  @Test(arguments: ["i1", "u1", "b1", "i2-little", "i2-big", "u2-big", "i4-little", "i4-big"])
  func int32TakesWhatFits(name: String) throws {
    let path = Example.path("dtype-\(name)")
    let values = try NumPyArray.read(Int32.self, from: path).values
    #expect(values.map(Double.init) == (try NumPyArray(contentsOf: path).values))
  }

  @Test func narrowNumbersRefuseWideTypes() throws {
    for name in ["f8-little", "i4-little", "u4-big", "i8-little"] {
      let error = numPyError { _ = try NumPyArray.read(Float.self, from: Example.path("dtype-\(name)")) }
      #expect(error?.expected == "a dtype that fits <f4 without loss")
    }
    for name in ["f2-little", "u4-little", "i8-big"] {
      let error = numPyError { _ = try NumPyArray.read(Int32.self, from: Example.path("dtype-\(name)")) }
      #expect(error?.expected == "a dtype that fits <i4 without loss")
    }
  }

  @Test(arguments: 1...14)
  func streamingGivesTheSameValues(size: Int) throws {
    let reader = try NumPyReader(path: Example.path("dtype-u2-big"))
    var values: [Double] = []
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: size)
    defer { buffer.deallocate() }
    while true {
      let count = try reader.read(into: buffer)
      #expect(count == min(size, 12 - values.count))
      values += buffer[..<count]
      if count == 0 { break }
    }
    #expect(reader.remaining == 0)
    #expect(firstDifference(values, Example.numbers(.unsignedInteger, count: 12)) == nil)
  }

  /// More than one chunk of 256 KiB and more than one part of 32768 values, both with a rest.
  @Test func filesLongerThanOneChunk() throws {
    let values = (0..<100_003).map { Double($0) * 0.25 }
    let folder = try TemporaryFolder()
    try NumPyWriter.write(values, shape: [values.count], to: folder.path("long.npy"))
    #expect(firstDifference(try NumPyArray(contentsOf: folder.path("long.npy")).values, values) == nil)
  }

  @Test func fortranOrderIsNotStreamed() throws {
    let error = numPyError { _ = try NumPyReader(path: Example.path("order-fortran-2d")) }
    #expect(error?.found == "Fortran order")
    #expect(try NumPyReader(path: Example.path("order-fortran-vector")).header.isRowMajor)
  }

  @Test func headerKnowsItsRows() throws {
    let header = try NumPyHeader(contentsOf: Example.path("shape-three"))
    #expect((header.rowCount, header.rowWidth, header.count, header.byteCount) == (2, 12, 24, 192))
    let single = try NumPyHeader(contentsOf: Example.path("shape-none"))
    #expect((single.rowCount, single.rowWidth, single.count) == (1, 1, 1))
  }

  @Test(arguments: [
    ("complex", "\"<c16\" (complex numbers)"), ("text", "\"<U4\" (text)"),
    ("bytes", "\"|S4\" (byte strings)"), ("record", "a structured dtype"),
    ("dates", "\"<M8[D]\" (dates or time spans)"),
    ("object", "\"|O\" (Python objects, which need pickle)"),
  ])
  func otherTypesAreNamed(name: String, found: String) throws {
    let error = numPyError { _ = try NumPyArray(contentsOf: Example.path("refused-\(name)")) }
    #expect(error?.reason == .malformed)
    #expect(error?.position == 20)
    #expect(error?.found == found)
  }

  @Test func limitGuardsMemory() throws {
    let error = numPyError { _ = try NumPyArray(contentsOf: Example.path("dtype-u1"), limit: 11) }
    #expect(error?.expected == "at most 11 values to read at once")
    #expect(try NumPyArray(contentsOf: Example.path("dtype-u1"), limit: 12).values.count == 12)
  }

  @Test func systemErrorsAreTold() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path("missing.npy")
    #expect(
      numPyError { _ = try NumPyArray(contentsOf: missing) }?.description
        == "\(missing): expected a readable .npy file, found nothing at this path")
    #expect(numPyError { _ = try NumPyArray(contentsOf: missing) }?.reason == .missing)
    #expect(numPyError { _ = try NumPyArray(contentsOf: folder.path("")) }?.found == "a folder")
    // Opening a pipe without a writer must not wait for one.
    try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(numPyError { _ = try NumPyArray(contentsOf: folder.path("pipe")) }?.found == "a pipe or device")
    #expect(numPyError { _ = try NumPyArray(contentsOf: "/dev/null") }?.found == "a pipe or device")
    #expect(numPyError { _ = try NumPyArray(contentsOf: "a\0b") }?.description.contains("\0") == false)
  }

  /// Reading the first byte of a process's memory fails as a broken disk does.
  @Test func aFailingDiskIsTheSystemsFault() throws {
    let file = try InputFile(path: "/proc/self/mem")
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
    defer { buffer.deallocate() }
    do {
      try file.read(into: buffer, at: 0)
      Issue.record("an error was expected")
    } catch {
      #expect(error.reason == .system)
    }
  }
}
