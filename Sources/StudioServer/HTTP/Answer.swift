import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import StudioAPI

/// Answers in the forms that Studio's clients take.
enum Answer {
  /// A short model as JSON. Encoding takes about a microsecond a number: lists are encoded on engine threads, and
  /// answered as data.
  static func json(_ value: some Encodable) throws -> Response { json(try encode(value)) }

  /// JSON that has been encoded.
  static func json(_ data: Data, status: HTTPResponse.Status = .ok) -> Response {
    bytes(data, type: jsonType, status: status)
  }

  /// `{"success": true}`.
  static func success() throws -> Response { try json(Studio.GenericAPIResponse()) }

  /// An array file. The charset lets the generated client return the bytes as text that encodes back exactly.
  static func array(_ data: Data) -> Response { bytes(data, type: arrayType) }

  /// The media type of JSON.
  static let jsonType = "application/json; charset=utf-8"

  /// The media type of array files.
  static let arrayType = "application/octet-stream; charset=latin-1"

  /// Bytes of some media type.
  static func bytes(_ data: Data, type: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(status: status, headers: headers(type: type), body: .init(byteBuffer: ByteBuffer(data: data)))
  }

  /// The header fields of every answer.
  static func headers(type: String) -> HTTPFields {
    [.contentType: type, .cacheControl: "no-store", .contentTypeOptions: "nosniff"]
  }

  /// Stands for numbers that JSON does not have until they become null. Nobody can know it before.
  private static let mark = "nan-\(UInt64.random(in: 0 ... .max))-\(UInt64.random(in: 0 ... .max))"

  /// A value as JSON; numbers that are not finite are null.
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: mark, negativeInfinity: mark, nan: mark)
    var data = try encoder.encode(value)
    let quoted = Data("\"\(mark)\"".utf8)
    guard var range = data.range(of: quoted) else { return data }
    var clean = Data(capacity: data.count)
    while true {
      clean += data[data.startIndex..<range.lowerBound] + Data("null".utf8)
      data = data[range.upperBound...]
      guard let next = data.range(of: quoted) else { return clean + data }
      range = next
    }
  }
}

extension HTTPField.Name {
  static let contentTypeOptions = HTTPField.Name("X-Content-Type-Options") ?? .contentType
  static let apiKey = HTTPField.Name("x-api-key") ?? .authorization
  static let token = HTTPField.Name("x-jwt-token") ?? .authorization
}
