// The public calls of our client are read from its sources and must be those of the table beside; it names the test
// that holds its values against the local server. A call that is added without one fails here, and so does a test that
// no longer makes its call.
// The scan looks for `public` functions and initializers of the client and of uploads; it is itself tested.
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientCoverageTests {
  private static let sources = ServerFixture.fixtures.deletingLastPathComponent().appending(path: "Sources/StudioAPI")

  /// `Type.name(label:…)` of each public function and initializer of types at the first level of a source.
  static func calls(in text: String) -> [String] {
    var (type, calls) = ("", [String]())
    let lines = text.components(separatedBy: "\n")
    for (number, line) in lines.enumerated() {
      let words = line.split(separator: " ").map(String.init)
      if !line.hasPrefix(" "),
        let kind = words.firstIndex(where: ["extension", "struct", "class", "enum", "actor"].contains),
        kind + 1 < words.count
      {
        type = String(words[kind + 1].prefix { $0 != ":" && $0 != "<" })
      }
      // Deeper lines belong to types inside.
      let isFunction = ["func ", "static func ", "mutating func ", "init("].contains {
        line.hasPrefix("  public " + $0)
      }
      guard isFunction else { continue }
      let rest = lines[number...].joined(separator: "\n")
      guard let open = rest.firstIndex(of: "(") else { continue }
      let name = rest[..<open].prefix { $0 != "<" }.split(separator: " ").last ?? ""
      calls.append("\(type).\(name)(\(labels(rest[open...])))")
    }
    return calls
  }

  /// The labels of a list of parameters, which begins with its bracket.
  private static func labels(_ text: Substring) -> String {
    var (depth, labels, parameter) = (0, "", "")
    for character in text {
      if depth == 1, character == "," || character == ")" {
        let label = parameter.split(whereSeparator: { " \n:".contains($0) }).first
        labels += label.map { "\($0):" } ?? ""
        parameter = ""
        if character == ")" { return labels }
        continue
      }
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if depth > 1 || !"([".contains(character) { parameter.append(character) }
    }
    return labels
  }

  @Test func signaturesAreRead() {
    let text = """
      public extension One {
        /// public func no()
        public func one(project: Int, _ content: [String: (Int, Int)] = [:], to path: String) async throws {}

        public static func two<Value: Sendable>(
          a: (Int, Int), body: @escaping (_ done: Int, _ total: Int) -> Void
        ) -> Int { 0 }
        private func three() {}
        public struct Inner {
          public func four() {}
        }
      }
      public struct Two: Sendable {
        public init() {}
        public var five: Int { 0 }
        public mutating func six(_ seven: Int) {}
      }
      """
    #expect(Self.calls(in: text) == ["One.one(project:_:to:)", "One.two(a:body:)", "Two.init()", "Two.six(_:)"])
  }

  @Test func everyPublicCallHasALiveTest() throws {
    let files = try #require(FileManager.default.enumerator(atPath: Self.sources.path)).compactMap { $0 as? String }
    var found: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: Self.sources.appending(path: file), encoding: .utf8)
      found.formUnion(Self.calls(in: text).filter { $0.hasPrefix("StudioClient.") || $0.hasPrefix("UploadSample.") })
    }
    let driven = Set(Self.tests.values.joined())
    #expect(found.subtracting(driven).sorted() == [], "calls without a test")
    #expect(driven.subtracting(found).sorted() == [], "tests of calls that there are not")

    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    var bodies: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for part in text.components(separatedBy: "  @Test").dropFirst() {
        guard let name = part.components(separatedBy: "func ").dropFirst().first?.prefix(while: { $0 != "(" }) else {
          continue
        }
        bodies[String(name)] = part
      }
    }
    for (test, calls) in Self.tests {
      for call in calls {
        let parts = call.components(separatedBy: CharacterSet(charactersIn: ".("))
        let use = parts[1] == "init" ? "\(parts[0])(" : ".\(parts[1])("
        #expect(bodies[test]?.contains(use) == true, "\(test) does not call \(call)")
      }
    }
  }
}
