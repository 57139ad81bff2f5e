import Foundation
import NumPyFiles
import ProcessingBlocks

/// One window with the features that Studio's reference block computed for it.
struct GoldenCase: Decodable, Sendable, CustomStringConvertible {
  struct Expected: Decodable, Sendable {
    let file: String
    let labels: [String]?
    let outputConfig: OutputConfig
    let fftUsed: [Int]
  }
  struct OutputConfig: Decodable, Sendable, Equatable {
    let type: String
    let shape: [String: Double]
  }
  struct Tolerance: Decodable, Sendable {
    let tight: Double
  }
  struct Fragile: Decodable, Sendable {
    let tight: [Int]
  }

  let name: String
  let version: Int
  let frequency: Double
  let axes: [String]
  let parameters: [String: GoldenValue]
  let input: String
  /// Set where the reference refuses the case.
  let refused: Bool?
  let expected: Expected?
  let tolerance: Tolerance?
  let fragile: Fragile?

  var description: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/golden")

  /// All cases of a block; a list that cannot be read gives none, which `everyCaseIsRead` notices.
  static func all(_ block: String) -> [GoldenCase] {
    guard let data = try? Data(contentsOf: folder.appending(path: "\(block).json")) else { return [] }
    return (try? JSONDecoder().decode([GoldenCase].self, from: data)) ?? []
  }

  func array(_ file: String, of block: String) throws -> [Double] {
    try NumPyArray(contentsOf: Self.folder.appending(path: "\(block)/\(file)").path).values
  }

  /// The block's own parameters with Swift's values.
  var values: [String: ParameterValue] { parameters.mapValues(\.value) }
}

/// A parameter as JSON has it.
struct GoldenValue: Decodable, Sendable {
  let value: ParameterValue

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let boolean = try? container.decode(Bool.self) {
      value = .boolean(boolean)
    } else if let integer = try? container.decode(Int.self) {
      value = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else {
      value = .text(try container.decode(String.self))
    }
  }
}

extension OutputConfiguration {
  /// In the form of the golden files.
  var golden: GoldenCase.OutputConfig {
    GoldenCase.OutputConfig(type: type, shape: Dictionary(uniqueKeysWithValues: shape.map { ($0.name, $0.value) }))
  }
}

extension GoldenCase {
  /// The window that the block sees, and its shape. A picture's size leads its pixels in the file.
  func window(of block: String) throws -> (values: [Double], shape: SignalShape) {
    let values = try array(input, of: block)
    guard block == "image", values.count >= 2 else {
      return (values, SignalShape(frequency: frequency, rows: values.count / axes.count, axes: axes))
    }
    let pixels = Array(values.dropFirst(2))
    let size = ImageSize(width: Int(values[0]), height: Int(values[1]))
    return (pixels, SignalShape(image: size, pixels: pixels.count))
  }
}
