import Datasets
import Foundation

/// Where in an impulse file the things are that findings speak of.
struct ImpulsePlaces {
  private let lines: JSONLines
  /// Ids of `dspBlocks` and of `dspBlockConfigs`, in order.
  private let blocks: [Int]
  private let configurations: [Int]
  private let data: Data

  init(_ data: Data) {
    self.data = data
    lines = JSONLines(data)
    let document = try? JSONDecoder().decode(ImpulseDocument.self, from: data)
    blocks = document?.impulse.dspBlocks.map(\.id) ?? []
    configurations = document?.dspBlockConfigs?.map(\.blockId) ?? []
  }

  /// The line of a parameter of a block; where it is not there because its default holds, that of what holds it.
  func line(block id: Int, parameter: String) -> Int? {
    let block = blocks.firstIndex(of: id).map { "impulse.dspBlocks[\($0)]" } ?? "impulse.dspBlocks"
    switch parameter {
    case "implementation version": return lines[block + ".implementationVersion"] ?? lines[block]
    case "axes", "type", "input": return lines["\(block).\(parameter)"] ?? lines[block]
    case "window": return lines["impulse.inputBlocks[0].windowSizeMs"]
    case "frequency": return lines["impulse.inputBlocks[0].frequencyHz"]
    default: break
    }
    guard let place = configurations.firstIndex(of: id) else { return lines[block] }
    let configuration = "dspBlockConfigs[\(place)].config"
    let wanted = Self.canonical(parameter)
    let flat = lines.members(of: configuration).first {
      Self.canonical(String($0.dropFirst(configuration.count + 1))) == wanted
    }
    if let flat { return lines[flat] }
    for spelling in [parameter, parameter.replacing("_", with: "-"), parameter.replacing("-", with: "_")] {
      for path in lines.paths(ofText: spelling) where path.hasPrefix(configuration) && path.hasSuffix(".param") {
        return lines[path.dropLast("param".count) + "value"] ?? lines[path]
      }
    }
    return lines[configuration]
  }

  /// The line of what an impulse error names: `impulse.inputBlocks[0]` and a key, or a block.
  func line(_ problem: ImpulseError.Problem) -> Int? {
    if let id = Self.blockID(problem.place) { return line(block: id, parameter: problem.issue.parameter) }
    let parameter = problem.issue.parameter
    let path = problem.place.isEmpty ? parameter : parameter.isEmpty ? problem.place : "\(problem.place).\(parameter)"
    if let line = lines[path] ?? lines[problem.place] { return line }
    return JSONFault(in: data)?.line
  }

  /// `block 2 (Name)` gives 2.
  private static func blockID(_ place: String) -> Int? {
    guard place.hasPrefix("block ") else { return nil }
    return Int(place.dropFirst(6).prefix { $0 != " " })
  }

  private static func canonical(_ key: String) -> String { key.replacing("_", with: "-") }
}
