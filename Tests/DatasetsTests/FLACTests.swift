// Strategy: files are encoded by libsndfile in memory and must give the rows of the WAV file with the same samples.
// Then damage: each cut and each changed byte of a small file is an error or leaves all rows as they were, because
// a frame carries sums and the stream an MD5. Blocks that the decoder is not shown are walked, and must be whole.

import CSndFile
import Testing

@testable import Datasets

/// A file in memory that libsndfile writes to.
private final class MemoryFile {
  var bytes: [UInt8] = []
  var position = 0
}

private func memory(_ data: UnsafeMutableRawPointer?) -> MemoryFile? {
  data.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
}

enum FLACWriter {
  /// Samples at the top of 32 bits, as FLAC of 8, 16 or 24 bits.
  static func file(_ samples: [Int32], bits: Int, channels: Int = 1, rate: Int = 16000) throws -> [UInt8] {
    let file = MemoryFile()
    var io = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(memory($0)?.bytes.count ?? 0) },
      seek: { offset, whence, data in
        guard let file = memory(data) else { return -1 }
        file.position = Int(offset) + (whence == 1 ? file.position : whence == 2 ? file.bytes.count : 0)
        return sf_count_t(file.position)
      },
      read: { _, _, _ in 0 },
      write: { source, count, data in
        guard let file = memory(data), let source else { return 0 }
        for byte in UnsafeRawBufferPointer(start: source, count: Int(count)) {
          if file.position < file.bytes.count {
            file.bytes[file.position] = byte
          } else {
            file.bytes.append(byte)
          }
          file.position += 1
        }
        return count
      },
      tell: { sf_count_t(memory($0)?.position ?? 0) })
    var info = SF_INFO()
    info.channels = CInt(channels)
    info.samplerate = CInt(rate)
    let encoding = bits == 8 ? SF_FORMAT_PCM_S8 : bits == 16 ? SF_FORMAT_PCM_16 : SF_FORMAT_PCM_24
    info.format = CInt(SF_FORMAT_FLAC) | CInt(encoding)
    let handle = try #require(
      sf_open_virtual(&io, CInt(SFM_WRITE), &info, Unmanaged.passUnretained(file).toOpaque()))
    #expect(sf_write_int(handle, samples, sf_count_t(samples.count)) == sf_count_t(samples.count))
    sf_close(handle)
    return file.bytes
  }

  static func noise(_ count: Int, bits: Int) -> [Int] {
    var random = SeededGenerator(seed: UInt64(bits))
    let top = 1 << (bits - 1)
    return [top - 1, -top]
      + (2..<count).map { Int.random(in: -top / ($0 % 9 + 1)..<top / ($0 % 9 + 1), using: &random) }
  }

  static func file(_ samples: [Int], bits: Int = 16, channels: Int = 1) throws -> [UInt8] {
    try file(samples.map { Int32(truncatingIfNeeded: $0 << (32 - bits)) }, bits: bits, channels: channels)
  }
}

@Suite struct FLACTests {
  @Test(arguments: [8, 16, 24], [1, 2, 8])
  func agreesWithWAV(bits: Int, channels: Int) throws {
    let samples = FLACWriter.noise(channels * 20_000, bits: bits)
    let bytes = try FLACWriter.file(samples, bits: bits, channels: channels)
    let recording = try read(bytes, batch: 777)
    let wave = try read(WaveWriter().file(samples, bits: bits, channels: channels))
    #expect(difference(recording.rows, wave.rows) == nil)
    #expect(recording.header == wave.header)
    #expect(recording.fingerprint == ByteSource.fingerprint(of: bytes))
  }

  @Test func tellsItsLength() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.flac", FLACWriter.file(FLACWriter.noise(5000, bits: 16), channels: 2))
    #expect(try RecordingFile.open(path: path, displayName: "a").rowCount == 2500)
  }

  @Test func noticesCutsAndChanges() throws {
    let bytes = try FLACWriter.file(FLACWriter.noise(300, bits: 16))
    let rows = try read(bytes).rows
    var wrong: [String] = []
    for length in 1..<bytes.count where failure(Array(bytes.prefix(length))) == "read" { wrong.append("cut \(length)") }
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x10
      if let recording = try? read(changed), difference(recording.rows, rows) != nil { wrong.append("byte \(index)") }
    }
    #expect(wrong == [])
  }

  /// The head of a file with its first block alone, and where the frames begin.
  static func parts(_ bytes: [UInt8]) -> (head: [UInt8], frames: [UInt8]) {
    var offset = 42
    var isLast = bytes[4] & 0x80 != 0
    while !isLast {
      isLast = bytes[offset] & 0x80 != 0
      offset += 4 + Int(ByteNumber.unsigned(bytes[offset + 1..<offset + 4], isBigEndian: true))
    }
    return (Array(bytes.prefix(42)), Array(bytes.dropFirst(offset)))
  }

  @Test func readsToTheEndWithoutACount() throws {
    let samples = FLACWriter.noise(30_000, bits: 16)
    var (head, frames) = Self.parts(try FLACWriter.file(samples))
    head[4] |= 0x80
    head[21] &= 0xF0
    for index in 22..<26 { head[index] = 0 }
    #expect(difference(try read(head + frames).rows, samples.map { Double($0) }) == nil)
    #expect(try WaveTests.remarks(head + frames).count == 1)
    // The MD5 still notices a missing end.
    #expect(failure(head + Array(frames.dropLast(6000))).contains("expected"))
  }

  @Test func noticesSamplesThatAreNotTheFiles() throws {
    var bytes = try FLACWriter.file(FLACWriter.noise(300, bits: 16))
    bytes[30] ^= 1
    #expect(failure(bytes).hasSuffix("expected samples with the MD5 that the file states, found other samples"))
    for index in 26..<42 { bytes[index] = 0 }
    #expect(failure(bytes) == "read")
  }

  @Test func passesOverOtherBlocks() throws {
    let samples = FLACWriter.noise(300, bits: 16)
    var (head, frames) = Self.parts(try FLACWriter.file(samples))
    head[4] &= 0x7F
    let picture: [UInt8] = [0x86, 0x08, 0x00, 0x00] + [UInt8](repeating: 0xFF, count: 0x08_0000)
    let bytes = head + picture + frames
    let recording = try read(bytes)
    #expect(difference(recording.rows, samples.map { Double($0) }) == nil)
    #expect(recording.fingerprint == ByteSource.fingerprint(of: bytes))
    let size = bytes.count - 46
    #expect(
      failure(head + [0x86, 0xFF, 0xFF, 0xFF] + bytes.dropFirst(46))
        == "r: byte \(bytes.count): expected 16777215 bytes in the metadata block at byte 42, found the end of the file after \(size)"
    )
  }

  @Test func refusesHeadsThatLie() throws {
    let bytes = try FLACWriter.file(FLACWriter.noise(300, bits: 16))
    func changed(_ edit: (inout [UInt8]) -> Void) -> String {
      var copy = bytes
      edit(&copy)
      return failure(copy)
    }
    #expect(changed { $0[4] = 1 } == "r: byte 4: expected a STREAMINFO block of 34 bytes, found another block")
    #expect(changed { $0[21] |= 0x0F }.hasPrefix("r: byte 21: expected a number of samples that the file has room for"))
    #expect(changed { $0[24] = 9 }.contains("rows, found the end of the samples after 300"))
    #expect(changed { $0[21] = 0x30 }.contains("expected samples of 8, 16 or 24 bits, found 4 bits"))
  }
}
