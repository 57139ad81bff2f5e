// Strategy: files are written byte by byte here, in each sample width, byte order and container, and read back
// against the conversion rule in exact integers. Then the structure: chunks around the samples, padding, sizes that
// lie. A small file cut at every offset must be an error that names the place, or give all rows with a remark.
// Long files cross the reader's block size; the fingerprint is that of the same bytes in one piece.

import Testing

@testable import Datasets

@Suite struct WaveTests {
  static let samples16 = [0, 1, -1, 32767, -32768, 12345, -12345]

  static func extremes(bits: Int) -> [Int] {
    let top = 1 << (bits - 1)
    var random = SeededGenerator(seed: UInt64(bits))
    return [0, 1, -1, top - 1, -top, top / 2, -top / 2, 2, -2]
      + (0..<3000).map { _ in Int.random(in: -top..<top, using: &random) }
  }

  static func remarks(_ bytes: [UInt8]) throws -> [String] {
    let folder = try TemporaryFolder()
    let reader = try RecordingFile.open(path: folder.write("r.wav", bytes), displayName: "r.wav")
    _ = try Recording(reading: reader)
    return reader.remarks
  }

  @Test(arguments: [8, 16, 24, 32], [false, true])
  func scalesIntegers(bits: Int, isBigEndian: Bool) throws {
    let samples = Self.extremes(bits: bits)
    let bytes = WaveWriter(isBigEndian: isBigEndian).file(samples, bits: bits)
    let recording = try read(bytes, batch: 1000)
    #expect(difference(recording.rows, samples.map { WaveWriter.scaled($0, bits: bits) }) == nil)
    #expect(recording.fingerprint == ByteSource.fingerprint(of: bytes))
  }

  @Test func clipsAndCutsFloats() throws {
    let values: [Double] = [
      0, -0.0, 1, -1, 1.5, -7, 0.5, -0.5, 0.9999, -0.9999, 1e-9, -1e-9, 1e300, .leastNonzeroMagnitude,
    ]
    let expected: [Double] = [0, 0, 32767, -32768, 32767, -32768, 16383, -16384, 32763, -32764, 0, 0, 32767, 0]
    #expect(difference(try read(WaveWriter().file(doubles: values)).rows, expected) == nil)
    #expect(difference(try read(WaveWriter(isBigEndian: true).file(doubles: values)).rows, expected) == nil)
    let singles = values.prefix(10).map { Float($0) }
    #expect(difference(try read(WaveWriter().file(singles: singles)).rows, Array(expected.prefix(10))) == nil)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity], [0, 7, 8, 40_000])
  func refusesWhatIsNotFinite(value: Double, row: Int) {
    var values = [Double](repeating: 0.25, count: 40_001)
    values[row] = value
    #expect(failure(WaveWriter().file(doubles: values)) == "r: row \(row): expected a finite number, found \(value)")
    let singles = values.map { Float($0) }
    #expect(failure(WaveWriter().file(singles: singles)) == "r: row \(row): expected a finite number, found \(value)")
  }

  @Test(arguments: [1, 2, 3, 8, 1024])
  func averagesChannelsWithoutRounding(channels: Int) throws {
    let samples = (0..<channels * 50).map { ($0 * 7919) % 65536 - 32768 }
    let expected = (0..<50).map { frame in
      Double(samples[frame * channels..<(frame + 1) * channels].reduce(0, +)) / Double(channels)
    }
    let recording = try read(WaveWriter().file(samples, channels: channels), batch: 7)
    #expect(difference(recording.rows, expected) == nil)
    let wide = samples.map { $0 * 256 + 77 }
    let scaled = (0..<50).map { frame in
      wide[frame * channels..<(frame + 1) * channels].map { WaveWriter.scaled($0, bits: 24) }.reduce(0, +)
        / Double(channels)
    }
    #expect(difference(try read(WaveWriter().file(wide, bits: 24, channels: channels)).rows, scaled) == nil)
  }

  @Test func tellsItsHead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.wav", WaveWriter().file([1, 2, 3, 4], channels: 2, rate: 44100))
    let reader = try RecordingFile.open(path: path, displayName: "a.wav")
    #expect(
      reader.header == RecordingHeader(sensors: [Sensor(name: "audio", units: "wav")], intervalMs: 1000 / 44100))
    #expect(reader.rowCount == 2)
    #expect(reader.fingerprint == nil)
    #expect(reader.label == nil)
  }

  @Test func readsAcrossBlocks() throws {
    let samples = (0..<100_003).map { $0 * 31 % 65536 - 32768 }
    let bytes = WaveWriter().file(samples)
    for (chunk, batch) in [(4096, 100_003), (100, 1000), (1 << 18, 99_999)] {
      let recording = try read(bytes, chunk: chunk, batch: batch)
      #expect(difference(recording.rows, samples.map { Double($0) }) == nil)
      #expect(recording.fingerprint == ByteSource.fingerprint(of: bytes))
    }
  }

  // MARK: Structure

  /// Chunks before, between and behind; odd sizes with their padding.
  static let structures: [(name: String, bytes: [UInt8], remarks: Int)] = {
    let writer = WaveWriter()
    let format = writer.chunk("fmt ", writer.format())
    let data = writer.chunk("data", writer.data(samples16))
    let list = writer.chunk("LIST", Array("INFOodd".utf8))
    let extensible = writer.chunk(
      "fmt ",
      writer.format(tag: 0xFFFE) + writer.number(22, 2) + writer.number(16, 2) + writer.number(4, 4)
        + writer.number(1, 4) + [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71])
    // The file's size without its first 8 bytes, the size of the samples, their number, an empty table.
    let whole = 12 + (8 + 28) + format.count + data.count + list.count - 8
    let sizes = [whole, 2 * samples16.count, samples16.count]
    let wide: [UInt8] = sizes.flatMap { WaveWriter.number(UInt64($0), 8) } + [UInt8](repeating: 0, count: 4)
    return [
      ("plain", writer.riff([format, data]), 0),
      ("odd chunks around", writer.riff([list, format, list, data, list]), 0),
      ("long fmt", writer.riff([writer.chunk("fmt ", writer.format() + [0, 0]), data]), 0),
      ("extensible", writer.riff([extensible, data]), 0),
      ("RIFF size 0", writer.riff([format, data], size: 0), 0),
      ("RIFF size open", writer.riff([format, data], size: 0xFFFF_FFFF), 0),
      ("RIFF size too large", writer.riff([format, data], size: 5000), 1),
      ("data to the end", writer.riff([format, writer.chunk("data", writer.data(samples16), size: 0xFFFF_FFFF)]), 1),
      ("junk behind", writer.riff([format, data, [1, 2, 3, 4, 5, 6, 7, 8, 9]]), 1),
      ("cut chunk behind", writer.riff([format, data, Array(list.prefix(11))]), 1),
      (
        "a large chunk before",
        writer.riff([writer.chunk("junk", [UInt8](repeating: 7, count: 700_001)), format, data]), 0
      ),
      (
        "RF64",
        writer.riff(
          [writer.chunk("ds64", wide), format, writer.chunk("data", writer.data(samples16), size: 0xFFFF_FFFF), list],
          name: "RF64", size: 0xFFFF_FFFF), 0
      ),
      ("W64", WaveWriter.w64([("fmt ", writer.format()), ("data", writer.data(samples16)), ("note", [1, 2, 3])]), 0),
    ]
  }()

  @Test(arguments: structures.indices)
  func findsTheSamples(index: Int) throws {
    let (name, bytes, remarks) = Self.structures[index]
    let recording = try read(bytes)
    #expect(difference(recording.rows, Self.samples16.map { Double($0) }) == nil, "\(name)")
    #expect(recording.fingerprint == ByteSource.fingerprint(of: bytes), "\(name)")
    #expect(try Self.remarks(bytes).count == remarks, "\(name)")
  }

  @Test(arguments: ["odd chunks around", "RF64", "W64"])
  func noticesEveryCut(name: String) throws {
    let bytes = try #require(Self.structures.first { $0.name == name }).bytes
    let rows = Self.samples16.map { Double($0) }
    var wrong: [Int] = []
    // Cut before the word that makes it one, it is no WAV.
    for length in 12..<bytes.count {
      let cut = Array(bytes.prefix(length))
      if let recording = try? read(cut) {
        // Only padding may be missing without a word.
        let isWhole = try !Self.remarks(cut).isEmpty || length >= bytes.count - (name == "W64" ? 5 : 1)
        if difference(recording.rows, rows) != nil || !isWhole { wrong.append(length) }
      } else if !failure(cut).contains("byte ") {
        wrong.append(length)
      }
    }
    #expect(wrong == [])
  }

  /// What is said of files that cannot be used.
  static let refusals: [(bytes: [UInt8], error: String)] = {
    let writer = WaveWriter()
    let format = writer.chunk("fmt ", writer.format())
    let data = writer.chunk("data", writer.data(samples16))
    func tagged(_ tag: Int, bits: Int = 8) -> [UInt8] {
      writer.riff([writer.chunk("fmt ", writer.format(tag: tag, bits: bits)), data])
    }
    return [
      (writer.riff([format]), "r: byte 36: expected a data chunk, found the end of the file"),
      (writer.riff([data]), "r: byte 12: expected a fmt chunk before the samples, found the data chunk"),
      (writer.riff([format, format, data]), "r: byte 36: expected one fmt chunk, found a second one"),
      (writer.riff([format, data, data]), "r: byte 58: expected one data chunk, found a second one"),
      (writer.riff([format, writer.chunk("data", [])]), "r: byte 36: expected samples, found a data chunk of 0 bytes"),
      (
        writer.riff([format, writer.chunk("data", [1, 2, 3, 4], size: 0)]),
        "r: byte 36: expected samples, found a data chunk of 0 bytes with 4 bytes behind it, as a recorder leaves it that was not stopped"
      ),
      (
        writer.riff([format, writer.chunk("data", [1, 2, 3, 4], size: 100)]),
        "r: byte 48: expected 100 bytes of samples from byte 44 on, found the end of the file after 4"
      ),
      (
        writer.riff([format, writer.chunk("data", [1, 2, 3])]),
        "r: byte 47: expected frames of 2 bytes, found 3 bytes of samples"
      ),
      (tagged(2), "r: byte 20: expected PCM or float samples, found Microsoft ADPCM (format tag 2)"),
      (tagged(6), "r: byte 20: expected PCM or float samples, found A-law (format tag 6)"),
      (tagged(7), "r: byte 20: expected PCM or float samples, found µ-law (format tag 7)"),
      (tagged(0x1234), "r: byte 20: expected PCM or float samples, found the codec (format tag 4660)"),
      (tagged(1, bits: 12), "r: byte 34: expected PCM samples of 8, 16, 24 or 32 bits, found 12 bits"),
      (tagged(3, bits: 16), "r: byte 34: expected float samples of 32 or 64 bits, found 16 bits"),
      (
        writer.riff([writer.chunk("fmt ", writer.format(channels: 0)), data]),
        "r: byte 22: expected 1 to 1024 channels, found 0"
      ),
      (
        writer.riff([writer.chunk("fmt ", writer.format(rate: 0)), data]),
        "r: byte 24: expected a sampling rate from 1 Hz on, found 0 Hz"
      ),
      (
        writer.riff([writer.chunk("fmt ", Array(writer.format().prefix(12)) + [4, 0, 16, 0]), data]),
        "r: byte 32: expected 2 bytes a frame for 1 × 16 bits, found 4"
      ),
      (
        writer.riff(Array(repeating: writer.chunk("junk", []), count: 10_000)),
        "r: byte 80012: expected at most 10000 chunks, found more"
      ),
    ]
  }()

  @Test(arguments: refusals.indices)
  func refuses(index: Int) { #expect(failure(Self.refusals[index].bytes) == Self.refusals[index].error) }
}
