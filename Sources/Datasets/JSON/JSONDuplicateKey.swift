import Foundation

/// A key that one JSON object has twice. `JSONDecoder` takes one of the values and keeps quiet.
public struct JSONDuplicateKey: Sendable, Equatable {
  /// The key and what it lies in, for example `dspBlockConfigs[0].config.fft-length`.
  public let path: String
  /// The key, in quotes, at most 40 characters of it.
  public let key: String

  /// Looks for the first key that comes twice. Nil where there is none.
  ///
  /// The search ends where bytes stop being JSON, and at more than 64 levels of nesting. Keys longer than 4096 bytes are passed over.
  ///
  /// - Complexity: O(bytes), and a copy of them.
  public init?(in data: Data) {
    guard let found = try? Self.find(in: data) else { return nil }
    self = found
  }

  private init(path: String, key: String) {
    self.path = path
    self.key = key
  }

  /// An object or a list that is open.
  private struct Container {
    /// Keys so far; nil for a list.
    var keys: Set<String>?
    var key = ""
    var index = -1
  }

  private static func find(in data: Data) throws(DatasetError) -> JSONDuplicateKey? {
    var tokens = try JSONTokenizer(ByteSource(bytes: data, file: ""))
    var open: [Container] = []
    while true {
      let token = try tokens.next()
      // A key asks for its value; any other text has been one.
      if token == .text && tokens.state == .value {
        guard !tokens.text.isCut, var container = open.popLast() else { continue }
        container.key = tokens.text.string
        let isNew = container.keys?.insert(container.key).inserted ?? true
        open.append(container)
        if isNew { continue }
        return JSONDuplicateKey(path: path(open), key: DatasetError.quoted(container.key))
      }
      switch token {
      case .end: return nil
      case .endMap, .endList:
        open.removeLast()
        continue
      default: if let last = open.indices.last { open[last].index += 1 }
      }
      if token == .beginMap { open.append(Container(keys: [])) }
      if token == .beginList { open.append(Container()) }
    }
  }

  private static func path(_ open: [Container]) -> String {
    open.reduce("") { path, container in
      if container.keys == nil { return "\(path)[\(container.index)]" }
      let key = DatasetError.escaped(container.key.prefix(DatasetError.quoteLimit))
      return path.isEmpty ? key : "\(path).\(key)"
    }
  }
}
