// Strategy: documents are written by hand in every legal shape and compared with the rows they must
// give. One large seeded document is also read by JSONDecoder, the independent reading (JSONSerialization
// is an ulp off for 17 digits), and with chunks of 1 to 70 bytes, so that each kind of token meets a
// chunk boundary and the token-by-token road is compared with the road for whole rows.

import Foundation
import Testing

@testable import Datasets

@Suite struct JSONAcquisitionTests {
  static let head = """
    {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_name":"ab:cd",\
    "device_type":"TEST","interval_ms":10,"sensors":[{"name":"x","units":"m/s2"},{"name":"y","units":"N/A"}],
    """

  static let rows = "[[1,2],[-3.5,4e1],[0.25,-0]]"
  static let expected: [Double] = [1, 2, -3.5, 40, 0.25, -0.0]

  @Test func readsHeaderAndRows() throws {
    let recording = try read(Self.head + "\"values\":\(Self.rows)}}")
    #expect(
      recording.header
        == RecordingHeader(
          sensors: [Sensor(name: "x", units: "m/s2"), Sensor(name: "y", units: "N/A")], intervalMs: 10,
          deviceName: "ab:cd", deviceType: "TEST"))
    #expect(difference(recording.rows, Self.expected) == nil)
    #expect(recording.rowCount == 3)
  }

  @Test(arguments: [
    "[1,2,-3.5,4e1,0.25,-0]",
    " [ [ 1 , 2 ] ,\n[ -3.5,\t4e+1 ] , [2.5e-1, -0.0 ] ] ",
    "[[1.0,2.00],[-35E-1,40.0],[0.250,-0e5]]",
  ])
  func readsEveryShapeOfRows(values: String) throws {
    for batch in 1...4 {
      #expect(
        try difference(read(Self.head + "\"values\":\(values)}}", batch: batch).rows, Self.expected) == nil)
    }
  }

  @Test(arguments: ["[1,-2,3.5]", "[[1],[-2],[3.5]]", "[1 , -2 , 3.5 ]"])
  func readsOneSensorFlatAndNested(values: String) throws {
    let text = #"{"payload":{"interval_ms":0.0625,"sensors":[{"name":"audio","units":"wav"}],"values":"#
    let recording = try read(text + values + "}}")
    #expect(recording.rows == [1, -2, 3.5])
    #expect(recording.header.frequencyHz == 16000)
    #expect(recording.header.deviceName == nil && recording.header.deviceType == nil)
  }

  @Test func readsNoRows() throws {
    #expect(try read(Self.head + "\"values\":[]}}").rows.isEmpty)
  }

  @Test(arguments: [
    #"{"payload":{"values":ROWS,"sensors":SENSORS,"interval_ms":10,"device_type":"T"},"other":[{"a":[]}]}"#,
    #"{"z":{"values":[[1]]},"payload":{"q":[1,[2,{"x":"\n"}]],"sensors":SENSORS,"values":ROWS,"interval_ms":10,"device_type":"T"}}"#,
    #"{"payload":{"sensors":SENSORS,"interval_ms":10,"w":1e999,"values":ROWS,"device_type":"T","t":null}}"#,
    "\u{FEFF}" + #"{"payload":{"sensors":SENSORS,"interval_ms":10,"values":ROWS,"device_type":"T"}}"#
      + " \r\n",
  ])
  func readsKeysInAnyOrder(pattern: String) throws {
    let text = pattern.replacingOccurrences(of: "ROWS", with: Self.rows)
      .replacingOccurrences(of: "SENSORS", with: #"[{"units":"u","name":"x","k":[1]},{"name":"y"}]"#)
    for chunk in [1, 2, 3, 7, 64, 4096] {
      let recording = try read(text, chunk: chunk)
      #expect(difference(recording.rows, Self.expected) == nil, "chunk \(chunk)")
      #expect(recording.header.deviceType == "T")
      #expect(recording.header.sensors == [Sensor(name: "x", units: "u"), Sensor(name: "y", units: "")])
    }
  }

  @Test(arguments: [1, 2, 3, 7])
  func readsEscapedText(chunk: Int) throws {
    let text = #"""
      {"payload":{"interval_ms":1,"device_name":null,"device_type":"\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\ud83dx",
      "sensors":[{"name":"n\u0061é😀","units":""}],"values":[1]}}
      """#
    let header = try read(text, chunk: chunk).header
    #expect(header.deviceType == "\"\\/\u{8}\u{c}\n\r\té😀\u{FFFD}x")
    #expect(header.sensors.map(\.name) == ["naé😀"])
  }

  /// A document of 3 000 rows with numbers of every length and with blanks in odd places.
  static func document(valuesFirst: Bool) -> String {
    var random = SeededGenerator(seed: 7)
    let rows = (0..<3000).map { _ in
      let numbers = (0..<3).map { _ -> String in
        let value = Double.random(in: -20...20, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "\(Int(value))"
        case 1: return "\(Double(Int(value * 100)) / 100)"
        case 2: return "\(value)"
        default: return "\(value * 1e-9)"
        }
      }
      return Bool.random(using: &random)
        ? "[\(numbers.joined(separator: ","))]" : "[ \(numbers.joined(separator: " ,\n")) ]"
    }
    let values = "\"values\": [\(rows.joined(separator: ", "))]"
    let head = #""interval_ms":16,"sensors":[{"name":"a"},{"name":"b"},{"name":"c"}]"#
    return "{\"payload\":{" + (valuesFirst ? values + "," + head : head + "," + values) + "}}"
  }

  struct Document: Decodable {
    struct Payload: Decodable { let values: [[Double]] }
    let payload: Payload
  }

  @Test(arguments: [false, true])
  func equalsJSONDecoder(valuesFirst: Bool) throws {
    let text = Self.document(valuesFirst: valuesFirst)
    let naive = try JSONDecoder().decode(Document.self, from: Data(text.utf8)).payload.values.flatMap { $0 }
    let whole = try read(text)
    #expect(difference(whole.rows, naive) == nil)
    for (chunk, batch) in [(1, 5), (2, 1), (3, 3000), (13, 3001), (70, 7)] {
      let pieces = try read(text, chunk: chunk, batch: batch)
      #expect(difference(pieces.rows, naive) == nil, "chunk \(chunk)")
      #expect(pieces.fingerprint == whole.fingerprint)
    }
  }

  /// The hash of the bytes, by another implementation, for both orders of keys.
  @Test(arguments: [
    (
      #"{"payload":{"interval_ms":1,"sensors":[{"name":"a"}],"values":[1,2]}}"#,
      "xxh128:b72c46cd0d63706fd16c387d26259073"
    ),
    (
      #"{"payload":{"values":[1,2],"interval_ms":1,"sensors":[{"name":"a"}]}}"#,
      "xxh128:b8f4374420f948c31e5f6ad637519e97"
    ),
  ])
  func hashesEveryByteOnce(text: String, hash: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("r", text)
    for chunk in [1, 5, 1000] {
      let reader = try RecordingFile.open(path: path, displayName: "r", chunk: chunk)
      #expect(try Recording(reading: reader).fingerprint == hash)
      #expect(reader.bytesRead == text.utf8.count)
    }
  }

  @Test func givesTheFingerprintAtTheEnd() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("r", Self.head + "\"values\":\(Self.rows)}}")
    let reader = try RecordingFile.open(path: path, displayName: "r")
    var buffer = [Double](repeating: 0, count: 7)
    var counts: [Int] = []
    var early = false
    for _ in 0..<4 {
      early = early || reader.fingerprint != nil
      counts.append(try buffer.withUnsafeMutableBufferPointer { try reader.readRows(into: $0) })
    }
    #expect(counts == [3, 0, 0, 0] && reader.fingerprint != nil && early)
  }

  @Test(arguments: [
    (16.0, 62.5), (10.0, 100.0), (9.9999, 100.0), (5.0349121093750115, 198.61319885564615), (0.0625, 16000.0),
    (2000.0, 0.5), (1e6, 0.001),
  ])
  func snapsTheFrequency(interval: Double, frequency: Double) {
    #expect(RecordingHeader(sensors: [], intervalMs: interval).frequencyHz == frequency)
  }
}
