// Writing is compared with numpy.save byte for byte (Fixtures/npy/writer-*.npy).
// 1. Whole arrays of every type and shape, then the same arrays streamed in pieces of every size.
// 2. Rows taken back leave no trace; bytes of a failed append are cut.
// 3. Before finish() the file is not an array, and an existing file is never touched.
// 4. System errors name the file, the bytes wanted and the system's words (/dev/full gives a full disk).

import Foundation
import Glibc
import Testing

@testable import NumPyFiles

@Suite struct NumPyWriterTests {
  private static let shapes: [(name: String, shape: [Int])] = [
    ("2d", [3, 4]), ("row", [1, 33]), ("column", [130, 1]), ("vector", [7]), ("empty", [0, 5]), ("none", []),
    ("three", [2, 3, 4]),
  ]

  /// Writes the example's numbers as a whole and returns the bytes.
  private func write(_ code: String, _ shape: [Int]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.path("out.npy")
    let count = shape.reduce(1, *)
    switch code {
    case "f4":
      try NumPyWriter.write(Example.numbers(.float, count: count).map(Float.init), shape: shape, to: path)
    case "i4":
      let values = Example.numbers(.signedInteger, count: count).map { Int32($0) }
      try NumPyWriter.write(values, shape: shape, to: path)
    default: try NumPyWriter.write(Example.numbers(.float, count: count), shape: shape, to: path)
    }
    return try folder.bytes("out.npy")
  }

  @Test(arguments: ["f4", "i4", "f8"], shapes)
  func wholeArraysAreNumPysBytes(code: String, example: (name: String, shape: [Int])) throws {
    #expect(try write(code, example.shape) == Example.bytes("writer-\(code)-\(example.name)"))
  }

  /// The last dimension brings the text to a multiple of 64, or to one byte less.
  @Test(arguments: [("exact-64", 100, 192), ("below-64", 10, 128)])
  func paddingAtTheEdge(name: String, last: Int, dataOffset: Int) throws {
    let expected = try Example.bytes("writer-f4-\(name)")
    #expect(try NumPyHeader(bytes: expected).dataOffset == dataOffset)
    #expect(try write("f4", [Int](repeating: 1, count: 13) + [last]) == expected)
  }

  @Test(arguments: 1...6)
  func streamedRowsAreNumPysBytes(rowsAtOnce: Int) throws {
    let folder = try TemporaryFolder()
    let writer = try NumPyWriter(path: folder.path("out.npy"), element: .float32, columns: 1)
    let values = Example.numbers(.float, count: 130).map(Float.init)
    for start in stride(from: 0, to: 130, by: rowsAtOnce) {
      try writer.append(Array(values[start..<min(130, start + rowsAtOnce)]))
    }
    #expect(writer.rowCount == 130)
    try writer.finish()
    #expect(try folder.bytes("out.npy") == Example.bytes("writer-f4-column"))
  }

  @Test func vectorsAndEmptyArraysAreStreamed() throws {
    let folder = try TemporaryFolder()
    let vector = try NumPyWriter(path: folder.path("vector.npy"), element: .int32, columns: nil)
    try vector.append(Example.numbers(.signedInteger, count: 7).map { Int32($0) })
    try vector.finish()
    #expect(try folder.bytes("vector.npy") == Example.bytes("writer-i4-vector"))

    let empty = try NumPyWriter(path: folder.path("empty.npy"), element: .float64, columns: 5)
    try empty.append([Double]())
    try empty.finish()
    #expect(try folder.bytes("empty.npy") == Example.bytes("writer-f8-empty"))
  }

  @Test func rowsTakenBackLeaveNoTrace() throws {
    let folder = try TemporaryFolder()
    let writer = try NumPyWriter(path: folder.path("out.npy"), element: .float32, columns: 4)
    let rows = Example.numbers(.float, count: 12).map(Float.init)
    try writer.append(Array(rows[..<4]))
    try writer.append([Float](repeating: 9, count: 400))
    #expect(writer.rowCount == 101)
    try writer.truncate(toRows: 1)
    try writer.append(Array(rows[4...]))
    try writer.truncate(toRows: 3)
    try writer.finish()
    #expect(try folder.bytes("out.npy") == Example.bytes("writer-f4-2d"))
  }

  @Test func allRowsTakenBackAtTheEnd() throws {
    let folder = try TemporaryFolder()
    let writer = try NumPyWriter(path: folder.path("out.npy"), element: .int32, columns: 5)
    try writer.append([Int32](repeating: 9, count: 50))
    try writer.truncate(toRows: 0)
    try writer.finish()
    #expect(try folder.bytes("out.npy") == Example.bytes("writer-i4-empty"))
  }

  @Test func unfinishedFilesAreNotArrays() throws {
    let folder = try TemporaryFolder()
    for rows in [0, 3] {
      let path = folder.path("\(rows).npy")
      do {
        let writer = try NumPyWriter(path: path, element: .float32, columns: 4)
        try writer.append([Float](repeating: 1, count: rows * 4))
        #expect(numPyError { _ = try NumPyArray(contentsOf: path) }?.position == 0)
      }
      #expect(numPyError { _ = try NumPyArray(contentsOf: path) }?.position == 0)
    }
  }

  @Test func existingFilesAreNotTouched() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("out.npy")
    try Data([1, 2, 3]).write(to: URL(filePath: path))
    let error = numPyError { _ = try NumPyWriter(path: path, element: .float32, columns: 4) }
    #expect(error?.description == "\(path): expected to create a new file, found File exists (17)")
    #expect(error?.reason == .unwritable)
    #expect(try folder.bytes("out.npy") == [1, 2, 3])
    #expect(numPyError { try NumPyWriter.write([Float(1)], shape: [1], to: path) }?.reason == .unwritable)
  }

  @Test func missingFoldersAreTold() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("missing/out.npy")
    let error = numPyError { _ = try NumPyWriter(path: path, element: .float32, columns: 4) }
    #expect(error?.found == "No such file or directory (2)")
  }

  /// A writer whose every write meets a full disk.
  private func writerOnFullDisk() throws -> NumPyWriter {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    let file = OutputFile(descriptor: descriptor, path: "full/X.npy")
    return NumPyWriter(file: file, element: .float32, columns: 4)
  }

  @Test func fullDiskIsTold() throws {
    let writer = try writerOnFullDisk()
    let error = numPyError { try writer.append([Float](repeating: 1, count: 12)) }
    #expect(
      error?.description
        == "full/X.npy: byte 128: expected to write 48 bytes, found No space left on device (28)")
    #expect(error?.reason == .unwritable)
    #expect(writer.rowCount == 0)
    #expect(numPyError { try writer.finish() }?.reason == .unwritable)
  }

  /// An append that fails half way leaves bytes behind the last good row.
  @Test func bytesBehindTheLastRowAreCut() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("out.npy")
    let writer = try NumPyWriter(path: path, element: .float32, columns: 4)
    let rows = Example.numbers(.float, count: 12).map(Float.init)
    try writer.append(Array(rows[..<8]))
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(repeating: 7, count: 1_000))
    try handle.close()
    try writer.append(Array(rows[8...]))
    try writer.finish()
    #expect(try folder.bytes("out.npy") == Example.bytes("writer-f4-2d"))
  }

  @Test func rowCountDoesNotMoveTheData() {
    let offsets = [0, 1, 999, 1_000_000, Int.max].map { rows in
      NumPyHeader.encoded(elementType: .float32, shape: [rows, 97]).count
    }
    #expect(Set(offsets) == [128])
  }
}
