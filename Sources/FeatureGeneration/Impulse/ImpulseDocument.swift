import Datasets
import Foundation
import ProcessingBlocks

/// An impulse file as it is written: Studio's get-impulse answer, with the configurations of its blocks beside it.
struct ImpulseDocument: Decodable {
  struct Body: Decodable {
    let name: String?
    let inputBlocks: [Input]
    /// The keys that each of these has, known or not.
    let inputBlockKeys: [[String]]
    let dspBlocks: [Block]

    private enum CodingKeys: CodingKey { case name, inputBlocks, dspBlocks }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decodeIfPresent(String.self, forKey: .name)
      inputBlocks = try container.decode([Input].self, forKey: .inputBlocks)
      inputBlockKeys = try container.decode([Keys].self, forKey: .inputBlocks).map(\.names)
      dspBlocks = try container.decode([Block].self, forKey: .dspBlocks)
    }
  }

  /// An object's keys.
  private struct Keys: Decodable {
    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let names: [String]

    init(from decoder: any Decoder) throws {
      names = try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue).sorted()
    }
  }

  struct Input: Decodable {
    let id: Int
    let type: String
    let windowSizeMs: Double?
    let windowIncreaseMs: Double?
    let frequencyHz: Double?
    let padZeros: Bool?
    let labelingMethodMultiLabel: Labeling?
    let datasetSubset: Subset?
    let imageWidth: Double?
    let imageHeight: Double?
    let resizeMode: String?
    let resizeMethod: String?
    let cropAnchor: String?
  }

  struct Subset: Decodable {
    let includePercentage: Double?
    let seed: Double?
  }

  struct Labeling: Decodable {
    let type: String
    let labels: [String]?
  }

  struct Block: Decodable {
    let id: Int
    let type: String
    let name: String?
    let axes: [String]
    let implementationVersion: Int?
    let input: Int?
  }

  struct Configuration: Decodable {
    let blockId: Int
    let config: Parameters
  }

  let impulse: Body
  let dspBlockConfigs: [Configuration]?
}

/// A block's parameters: a flat map, or Studio's groups of items, bare, inside its get-config answer, or inside a
/// block's `parameters.json`.
struct Parameters: Decodable {
  private struct Group: Decodable { let items: [Item] }
  private struct Item: Decodable {
    let param: String
    let value: DecodedValue?
    let defaultValue: DecodedValue?
  }
  private struct Answer: Decodable { let config: [Group] }
  private struct Document: Decodable { let parameters: [Group] }

  let values: [String: ParameterValue]

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let groups: [Group]
    if (try? decoder.unkeyedContainer()) != nil {
      groups = try container.decode([Group].self)
    } else if let answer = try? container.decode(Answer.self) {
      groups = answer.config
    } else if let document = try? container.decode(Document.self) {
      groups = document.parameters
    } else {
      values = try container.decode([String: DecodedValue].self).mapValues(\.value)
      return
    }
    // Studio leaves `value` out where its default holds.
    let items = groups.flatMap(\.items).map { ($0.param, ($0.value ?? $0.defaultValue)?.value ?? .null) }
    values = Dictionary(items, uniquingKeysWith: { _, last in last })
  }
}

/// A JSON scalar.
struct DecodedValue: Decodable {
  let value: ParameterValue

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      value = .null
    } else if let boolean = try? container.decode(Bool.self) {
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

/// A block's parameters on their own.
public enum BlockParameters {
  /// Decodes a flat JSON object, or Studio's groups of items: bare, under `config` or under `parameters`.
  ///
  /// - Throws: what `JSONDecoder` throws, and `DecodingError.dataCorrupted` where an object has a key twice.
  public static func decode(_ json: Data) throws -> [String: ParameterValue] {
    let parameters = try JSONDecoder().decode(Parameters.self, from: json).values
    if let duplicate = JSONDuplicateKey(in: json) {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "the key \(duplicate.key) twice"))
    }
    return parameters
  }
}
