// Strategy: arrays are written byte by byte, with a head as NumPy writes it, and read back in several element types.
// The sidecar is asked for each of its keys, and for each way in which it can be wrong. In a folder it is neither a
// recording nor ignored, and its label stands behind Studio's own files and before the file name.

import Foundation
import Testing

@testable import Datasets

@Suite struct NumPyRecordingTests {
  /// A `.npy` file, format 1.0.
  static func array(_ type: String, _ shape: String, _ data: [UInt8], fortran: Bool = false) -> [UInt8] {
    var text = "{'descr': '\(type)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
    text += String(repeating: " ", count: 63 - (text.utf8.count + 10) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + WaveWriter.number(UInt64(text.utf8.count), 2) + Array(text.utf8)
      + data
  }

  static func doubles(_ values: [Double]) -> [UInt8] { values.flatMap { WaveWriter.number($0.bitPattern, 8) } }

  static let plain = array("<f8", "(3, 2)", doubles([1, 2.5, -3, 4, 5, 6]))
  static let sidecar = #"{"axes": [{"name": "x", "units": "g"}, "y"], "frequency": 50}"#

  /// The reader's result, or the error, of an array `r` and its sidecar.
  static func outcome(_ bytes: [UInt8], _ sidecar: String?, batch: Int = 100) -> String {
    do {
      let folder = try TemporaryFolder()
      if let sidecar { try folder.write("r.json", sidecar) }
      return try "\(read(bytes, batch: batch, in: folder).rows)"
    } catch {
      return "\(error)"
    }
  }

  @Test func readsRowsAndHead() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.json",
      #"{"axes": [{"name": "x", "units": "g"}, "y"], "interval_ms": 20, "label": "up", "device_name": "d", "device_type": "t"}"#
    )
    let path = try folder.write("a.npy", Self.plain)
    let reader = try RecordingFile.open(path: path, displayName: "sub/a.npy")
    #expect(
      reader.header
        == RecordingHeader(
          sensors: [Sensor(name: "x", units: "g"), Sensor(name: "y", units: "N/A")], intervalMs: 20, deviceName: "d",
          deviceType: "t"))
    #expect(reader.rowCount == 3)
    #expect(reader.label == .single("up"))
    #expect(try Recording(reading: reader).rows == [1, 2.5, -3, 4, 5, 6])
  }

  @Test func fingerprintsAreOfTheFilesThemselves() throws {
    let folder = try TemporaryFolder()
    try folder.write("r.json", Self.sidecar)
    #expect(try read(Self.plain, in: folder).fingerprint == ByteSource.fingerprint(of: Self.plain))
    // A byte order mark counts, as it does for xxhsum.
    let marked = [0xEF, 0xBB, 0xBF] + Array(Self.sidecar.utf8)
    try folder.write("r.json", marked)
    #expect(try read(Self.plain, in: folder).fingerprint == ByteSource.fingerprint(of: Self.plain))
    let reader = try RecordingFile.open(path: folder.path + "/r", displayName: "r")
    #expect(reader.companionFingerprint == ByteSource.fingerprint(of: marked))
  }

  @Test func headAndRowsAreOfOneFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", Self.sidecar)
    let path = try folder.write("a.npy", Self.plain)
    let source = try ByteSource(path: path, file: "a.npy")
    // A new file takes the path, as a program does that saves under another name first.
    try FileManager.default.removeItem(atPath: path)
    try folder.write("a.npy", Self.array("<f4", "(6, 2)", [UInt8](repeating: 0, count: 48)))
    let recording = try Recording(reading: NumPyRecordingReader(source))
    #expect(recording.rows == [1, 2.5, -3, 4, 5, 6])
  }

  @Test(arguments: ["<f4", ">f8", "<i2", "|i1", "|u1", ">i4", "<u8", "|b1"])
  func readsElementTypes(type: String) {
    let size = Int(String(type.suffix(1))) ?? 0
    let isBigEndian = type.hasPrefix(">")
    let data = (0...1).flatMap { value -> [UInt8] in
      let bits: UInt64 =
        type.contains("f")
        ? size == 4 ? UInt64(Float(value).bitPattern) : Double(value).bitPattern : UInt64(value)
      return WaveWriter.number(bits, size, isBigEndian: isBigEndian)
    }
    #expect(Self.outcome(Self.array(type, "(2,)", data), #"{"axes": ["a"], "frequency": 1}"#) == "[0.0, 1.0]")
  }

  @Test func readsLongArrays() throws {
    let values = (0..<60_000).map { Double($0) * 0.5 }
    let folder = try TemporaryFolder()
    try folder.write("r.json", #"{"axes": ["a", "b", "c"], "frequency": 100}"#)
    let bytes = Self.array("<f8", "(20000, 3)", Self.doubles(values))
    for (chunk, batch) in [(4096, 7), (1 << 18, 20_000)] {
      #expect(difference(try read(bytes, chunk: chunk, batch: batch, in: folder).rows, values) == nil)
    }
  }

  @Test(arguments: [
    ("(2, 2, 2)", false, "expected an array of rows × axes, or of rows, found 3 dimensions"),
    ("(4, 2)", true, "expected an array in C order (numpy.ascontiguousarray makes one), found Fortran order"),
    ("(0, 2)", false, "expected the end of the file after 0 bytes of data, found 64 more bytes"),
    ("(9, 2)", false, "expected 144 bytes of data for shape (9, 2) of <f8, found the end of the file after 64 bytes"),
    ("(9223372036854775807, 2)", false, "expected an array of less than 2**63 bytes"),
    ("(1000000000000, 2)", false, "expected 16000000000000 bytes of data"),
  ])
  func refusesShapes(shape: String, fortran: Bool, message: String) {
    let bytes = Self.array("<f8", shape, Self.doubles(Array(repeating: 1, count: 8)), fortran: fortran)
    let outcome = Self.outcome(bytes, Self.sidecar)
    #expect(outcome.hasPrefix("r: byte ") && outcome.contains(message), "\(outcome)")
  }

  @Test func refusesEmptyArrays() {
    #expect(
      Self.outcome(Self.array("<f8", "(0, 2)", []), Self.sidecar).hasSuffix("at least one row, found an empty array"))
  }

  @Test func refusesWhatIsNotFinite() {
    var values = [Double](repeating: 1, count: 40_000)
    values[35_001] = .nan
    #expect(
      Self.outcome(Self.array("<f8", "(20000, 2)", Self.doubles(values)), Self.sidecar, batch: 20_000)
        == "r: row 17500 (byte \(128 + 8 * 35_001)): expected a finite number, found nan")
  }

  @Test(arguments: [
    (
      nil,
      "r: expected \"r.json\" beside it, such as {\"axes\": [\"axis1\", \"axis2\"], \"frequency\": 62.5, \"label\": \"wave\"}, found nothing at this path"
    ),
    ("{", "r.json: line 1: expected a key in quotes, found the end of the file at byte 1 of the line"),
    (#"{"frequency": 5}"#, "r.json: expected the key \"axes\", found an object without it"),
    (#"{"axes": ["x"], "frequency": 5}"#, "r.json: axes: expected 2 axes, as the array has columns, found 1"),
    (#"{"axes": ["x", "x"], "frequency": 5}"#, "r.json: axes[1]: expected a name of its own, found \"x\""),
    (#"{"axes": ["x", ""], "frequency": 5}"#, "r.json: axes[1]: expected a name of its own, found \"\""),
    (#"{"axes": ["x", "y"]}"#, "r.json: expected the key \"frequency\" (Hz) or \"interval_ms\", found neither"),
    (
      #"{"axes": ["x", "y"], "frequency": 5, "interval_ms": 3}"#,
      "r.json: interval_ms: expected frequency or interval_ms, found both"
    ),
    (#"{"axes": ["x", "y"], "frequency": 0}"#, "r.json: frequency: expected a number above 0, found 0.0"),
    (#"{"axes": ["x", "y"], "interval_ms": -1}"#, "r.json: interval_ms: expected a number above 0, found -1.0"),
    (
      #"{"axes": ["x", "y"], "frequency": 5, "lable": "a"}"#,
      "r.json: lable: expected only the keys axes, frequency, interval_ms, label, labels, device_name, device_type, found another key"
    ),
    (
      #"{"axes": ["x", "y"], "frequency": 5, "labels": [{"startIndex": 0, "endIndex": 3, "label": "a"}]}"#,
      "r.json: labels[0]: expected an endIndex below 3, the number of rows, found 3"
    ),
    (
      #"{"axes": ["x", "y"], "frequency": 5, "labels": [], "label": "a"}"#,
      "r.json: labels: expected label or labels, found both"
    ),
  ])
  func refusesSidecars(sidecar: String?, message: String) { #expect(Self.outcome(Self.plain, sidecar) == message) }

  // MARK: In a folder

  static let labelled = #"{"axes": ["x", "y"], "frequency": 50, "label": "own"}"#

  @Test func sidecarIsNoRecording() throws {
    let folder = try TemporaryFolder()
    try folder.write("idle.1.npy", Self.plain)
    try folder.write("idle.1.json", Self.sidecar)
    try folder.write("wave.1.npy", Self.plain)
    try folder.write("wave.1.json", Self.labelled)
    try folder.write("lost.npy", Self.plain)
    try folder.write("tone.wav", WaveWriter().file([1, 2, 3]))
    let dataset = try Dataset.open(path: folder.path)
    #expect(dataset.ignored == [])
    #expect(dataset.entries.map(\.path) == ["wave.1.npy", "tone.wav", "lost.npy", "idle.1.npy"])
    #expect(dataset.entries.map(\.label) == [.single("own"), .single("tone"), .single("lost"), .single("idle")])
  }

  @Test func labelFilesAndListsWin() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.npy", Self.plain)
    try folder.write("a.json", Self.labelled)
    try folder.write(
      "info.labels",
      #"{"version": 1, "files": [{"path": "a.npy", "category": "training", "label": {"type": "label", "label": "listed"}}]}"#
    )
    #expect(try Dataset.open(path: folder.path).entries.map(\.label) == [.single("listed")])
    try folder.write("samples.json", #"[{"id": 1, "filename": "a", "label": "studio", "category": "training"}]"#)
    #expect(try Dataset.open(path: folder.path).entries.map(\.label) == [.single("studio")])
  }

  @Test func givesSpans() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.json",
      #"{"axes": ["x", "y"], "frequency": 5, "labels": [{"startIndex": 0, "endIndex": 1, "label": "a"}, {"startIndex": 2, "endIndex": 2, "label": "b"}]}"#
    )
    try folder.write("a.npy", Self.plain)
    #expect(
      try Dataset.open(path: folder.path).entries.map(\.label) == [
        .multi([LabelSpan(start: 0, end: 1, label: "a"), LabelSpan(start: 2, end: 2, label: "b")])
      ])
  }
}
