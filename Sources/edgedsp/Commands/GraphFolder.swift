import FeatureGeneration
import Foundation
import OutputFiles
import ProcessingBlocks

/// A folder that receives graphs: `01-filter-response.svg` and so on, and `graphs.json` in Studio's form.
struct GraphFolder {
  let path: String

  /// Makes the folder if need be and writes one file a graph; the list of all comes last.
  func write(_ graphs: [BlockGraph]) throws(OutputError) {
    try MadeFolders.make(path)
    if graphs.isEmpty { Terminal.writeError("note: this block draws no graphs\n") }
    for (index, graph) in graphs.enumerated() {
      try ReplacedFile(path: "\(path)/\(Self.fileName(graph, number: index + 1))").write(graph.drawing)
    }
    let list = graphs.map(\.studioJSON).joined(separator: ",\n")
    try ReplacedFile(path: "\(path)/graphs.json").write("[\(list)]\n")
  }

  /// A number of two digits or more, and the name's letters and digits in lower case.
  static func fileName(_ graph: BlockGraph, number: Int) -> String {
    let words = graph.name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return "\(number < 10 ? "0" : "")\(number)-\(words.joined(separator: "-")).\(graph.drawingType.fileExtension)"
  }
}
