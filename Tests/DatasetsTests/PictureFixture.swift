import Foundation

@testable import Datasets

/// One picture of `Fixtures/images/pictures.json`.
struct PictureFixture: Sendable, CustomStringConvertible {
  struct Stored: Decodable {
    let bytes: Data
    let fingerprint: String
    let width: Int
    let height: Int
    let pixels: String
  }

  let name: String
  let bytes: [UInt8]
  let fingerprint: String
  let size: PixelSize
  /// 0xRRGGBB.
  let rows: [Double]

  var description: String { name }

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/images")

  /// Ordered by name; empty when the file cannot be read, which `ImageDecodingTests` notices.
  static let all: [PictureFixture] = {
    guard let data = try? Data(contentsOf: folder.appending(path: "pictures.json")),
      let stored = try? JSONDecoder().decode([String: Stored].self, from: data)
    else { return [] }
    return stored.sorted { $0.key < $1.key }.map { name, picture in
      PictureFixture(
        name: name, bytes: Array(picture.bytes), fingerprint: picture.fingerprint,
        size: PixelSize(width: picture.width, height: picture.height),
        rows: packed(hex: picture.pixels))
    }
  }()

  static func named(_ name: String) -> PictureFixture {
    all.first { $0.name == name }
      ?? PictureFixture(name: "missing", bytes: [0], fingerprint: "", size: PixelSize(width: 1, height: 1), rows: [])
  }

  /// Six digits a pixel.
  static func packed(hex: String) -> [Double] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 6).map {
      Double(Int(String(digits[$0..<min($0 + 6, digits.count)]), radix: 16) ?? -1)
    }
  }
}
