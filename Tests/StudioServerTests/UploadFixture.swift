import Foundation
import StudioAPI

@testable import StudioServer

/// Uploads as clients send them, and recordings to upload.
enum UploadFixture {
  static let boundary = "edge-of-a-part"
  static let multipart = ("Content-Type", "multipart/form-data; boundary=\(boundary)")

  /// A part of a body.
  static func part(_ fileName: String, _ content: Data, name: String = "data") -> Data {
    Data(
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\n".utf8)
      + Data("Content-Type: application/cbor\r\n\r\n".utf8) + content + Data("\r\n".utf8)
  }

  static func body(_ files: [(String, Data)]) -> Data {
    files.reduce(Data()) { $0 + part($1.0, $1.1) } + Data("--\(boundary)--\r\n".utf8)
  }

  /// An acquisition document; different for each seed.
  static func acquisition(_ seed: Int, rows: Int = 20) -> Data {
    let values = (0..<rows).map { "[\(seed),\($0 % 7)]" }.joined(separator: ",")
    return Data(
      """
      {"protected":{"ver":"v1","alg":"none","iat":null},"signature":null,"payload":{"device_name":null,\
      "device_type":"T","interval_ms":10,"sensors":[{"name":"a","units":"N/A"},{"name":"b","units":"N/A"}],\
      "values":[\(values)]}}
      """.utf8)
  }

  static let table = Data("timestamp,a,b\n0,1,2\n10,3,4\n20,5,6\n".utf8)

  /// 16 bits, one channel, 8 kHz.
  static let wave: Data = {
    func number(_ value: Int, _ bytes: Int) -> Data { Data((0..<bytes).map { UInt8(value >> (8 * $0) & 255) }) }
    let samples = (0..<100).reduce(Data()) { $0 + number($1 * 17 % 4096, 2) }
    return Data("RIFF".utf8) + number(36 + samples.count, 4) + Data("WAVEfmt ".utf8) + number(16, 4) + number(1, 2)
      + number(1, 2) + number(8000, 4) + number(16000, 4) + number(2, 2) + number(16, 2) + Data("data".utf8)
      + number(samples.count, 4) + samples
  }()

  /// Two rows of two 32-bit floats.
  static let array: Data = {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]) + Data(header.utf8)
      + [Float(1), 2, 3, 4].reduce(Data()) { data, value in
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data + Data($0) }
      }
  }()
  static let description = Data(#"{"axes": ["a", "b"], "frequency": 100, "label": "told"}"#.utf8)

  /// A picture of the fixtures by name.
  static func picture(_ name: String) throws -> Data {
    let data = try Data(contentsOf: ServerFixture.fixtures.appending(path: "images/pictures.json"))
    let text = try JSONDecoder().decode(JSONValue.self, from: data)[name]?["bytes"]?.text ?? ""
    return Data(base64Encoded: text) ?? Data()
  }
}

extension ServerFixture {
  /// Uploads files.
  func upload(
    _ files: [(String, Data)], to category: String = "training", headers: [(String, String)] = []
  ) async throws -> Answer {
    try await call(
      "POST", "/api/\(category)/files", headers: headers + [UploadFixture.multipart],
      body: UploadFixture.body(files))
  }

  /// The entries of an upload's answer.
  static func files(_ answer: Answer) throws -> [Studio.IngestedFile] {
    try JSONDecoder().decode(Studio.IngestionResponse.self, from: answer.body).files ?? []
  }

  /// Everything in the dataset folder, hidden files too, but for the server's own folder.
  func paths() -> [String] {
    (FileManager.default.enumerator(atPath: dataset)?.allObjects as? [String] ?? []).sorted()
  }

  /// A recording as the server lists it.
  func sample(_ id: Int?) async throws -> Studio.Sample? {
    let answer = try await call("GET", "/v1/api/1/raw-data?category=all&minId=\(id ?? 0)&maxId=\((id ?? 0) + 1)")
    return try JSONDecoder().decode(Studio.ListSamplesResponse.self, from: answer.body).samples.first
  }
}
