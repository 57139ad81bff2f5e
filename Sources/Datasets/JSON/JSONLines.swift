import Foundation

/// On which line of a JSON text each value is, for messages that point at it.
public struct JSONLines: Sendable {
  private var lines: [String: Int] = [:]
  /// Texts by path, for finding an item of a list by what it says.
  private var texts: [(path: String, text: String)] = []

  /// Values that are remembered; a file with more is no settings file.
  private static let mostValues = 1 << 16

  /// Walks the text as far as it is JSON.
  /// - Complexity: O(bytes).
  public init(_ data: Data) { try? walk(data) }

  /// The line of the value with a path such as `dspBlocks[0].axes`, from 1; nil where there is none.
  public subscript(path: String) -> Int? { lines[path] }

  /// Paths of texts that read `text`, in the order of the file.
  public func paths(ofText text: String) -> [String] { texts.filter { $0.text == text }.map(\.path) }

  /// The paths of the members of the object at `path`.
  public func members(of path: String) -> [String] {
    lines.keys.filter { $0.hasPrefix(path + ".") && !$0.dropFirst(path.count + 1).contains { ".[".contains($0) } }
  }

  private struct Container {
    let path: String
    let isMap: Bool
    var index = 0
  }

  private mutating func walk(_ data: Data) throws(DatasetError) {
    var tokens = try JSONTokenizer(ByteSource(bytes: data, file: ""))
    var open: [Container] = []
    var key = ""
    var place = (offset: 0, line: 1)
    while lines.count < Self.mostValues {
      let isKey = open.last?.isMap == true && [.firstKey, .afterItem].contains(tokens.state)
      let token = try tokens.next()
      switch token {
      case .end: return
      case .endMap, .endList:
        open.removeLast()
        continue
      default: break
      }
      let start = min(tokens.tokenStart, data.count)
      if start > place.offset {
        place.line += data[data.startIndex + place.offset..<data.startIndex + start].count { $0 == UInt8(ascii: "\n") }
        place.offset = start
      }
      if isKey {
        key = tokens.text.string
        let path = (open.last?.path).map { $0.isEmpty ? key : "\($0).\(key)" } ?? key
        lines[path] = place.line
        key = path
        continue
      }
      let path: String
      if let last = open.indices.last, !open[last].isMap {
        path = "\(open[last].path)[\(open[last].index)]"
        open[last].index += 1
        lines[path] = place.line
      } else {
        path = open.isEmpty ? "" : key
      }
      switch token {
      case .beginMap: open.append(Container(path: path, isMap: true))
      case .beginList: open.append(Container(path: path, isMap: false))
      case .text: texts.append((path, tokens.text.string))
      default: break
      }
    }
  }
}
