// Strategy: seeded damage to good files: bytes changed, removed, repeated, cut off, swapped. A mutant may
// still be a recording, or it gives a DatasetError with a description; it never ends the process. The
// outcome must not depend on the chunk size, which holds the road for whole rows and the token-by-token
// road to the same verdict on input that neither was written for. Files are signed with the key that reads them, so a
// mutant of a signed one may pass only with a remark. Label files are damaged in a folder with the files that they name.
// EDGEDSP_MUTATIONS gives another number of mutants for each document than the 1500 (400 folders) of every run.

import Foundation
import Testing

@testable import Datasets

@Suite struct MutationTests {
  static func mutant(of bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(bytes[index], at: index)
      case 4: bytes = Array(bytes.prefix(max(1, index)))
      case 5: bytes[index] = Array("[]{},:\"-.e0\u{0}".utf8).randomElement(using: &random) ?? 0
      default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
      }
      if bytes.isEmpty { return [0] }
    }
    return bytes
  }

  /// What reading gives: bits of the rows, or the line of the error.
  static func outcome(_ bytes: [UInt8], chunk: Int, key: String?, in folder: TemporaryFolder) -> String {
    do {
      var options = ReadingOptions()
      options.hmacKey = key
      var remarks: [String] = []
      let rows = try read(bytes, chunk: chunk, batch: 3, in: folder, options: options) { remarks = $0 }.rows
      return "\(rows.map(\.bitPattern))\(remarks)"
    } catch let error as DatasetError {
      return error.description
    } catch {
      return "another error: \(error)"
    }
  }

  static let environmentCount = ProcessInfo.processInfo.environment["EDGEDSP_MUTATIONS"].flatMap { Int($0) }

  static let unsigned: [[UInt8]] = [
    Array(
      #"{"protected":{"ver":"v1"},"payload":{"device_name":"d","interval_ms":10,"sensors":[{"name":"x","units":"u"},{"name":"y"}],"values":[[1,2.5],[-3e2,12345.678901234567],[0.001,7],[8,9]]}}"#
        .utf8),
    Array(#"{"payload":{"values":[1.5,2,3,4],"interval_ms":10,"sensors":[{"name":"\u00e9"}]}}"#.utf8),
    CBORWriter.document(
      CBORWriter.list(
        (0..<8).map { CBORWriter.list([CBORWriter.half(0x3C00 + $0), CBORWriter.integer(Int($0) * 100)]) },
        open: true)),
    CBORWriter.document(
      CBORWriter.list((0..<6).map { CBORWriter.single(Float($0)) }), sensors: ["a"], valuesFirst: true),
    BinaryTailTests.document("Ref-Binary-i16", Array(0..<40)),
    BinaryTailTests.document("ref-BINARY-f32 ", (0..<20).flatMap { [0, $0, 0x80, 0x3F] }, valuesFirst: true),
  ]

  static var documents: [[UInt8]] { unsigned + SignatureTests.signed }

  @Test(arguments: documents.indices)
  func readsOrRefusesMutants(index: Int) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: UInt64(42 + index))
    var readable = 0
    var wrong: [String] = []
    let isSigned = index >= Self.unsigned.count
    let key = isSigned ? SignatureTests.key : nil
    let count = Self.environmentCount ?? 1500
    for _ in 0..<count {
      let bytes = Self.mutant(of: Self.documents[index], &random)
      let whole = Self.outcome(bytes, chunk: 4096, key: key, in: folder)
      let pieces = Self.outcome(bytes, chunk: Int.random(in: 1...5, using: &random), key: key, in: folder)
      if whole.first == "[" { readable += 1 }
      let isForged = isSigned && whole.hasSuffix("[]") && bytes != Self.documents[index]
      if whole != pieces || whole.hasPrefix("another") || (isForged && !Self.isSameFile(bytes, index)) {
        wrong.append("\(bytes): \(whole) | \(pieces)")
      }
    }
    #expect(wrong == [])
    // Damage to texts and digits leaves a recording; were it all or nothing, the test would be blind.
    #expect(isSigned || readable > count / 150)
    #expect(readable < count - count / 150)
  }

  /// A digest may be in capitals: another file, and the same signature.
  private static func isSameFile(_ bytes: [UInt8], _ index: Int) -> Bool {
    String(decoding: bytes, as: UTF8.self).lowercased()
      == String(decoding: documents[index], as: UTF8.self).lowercased()
  }

  static let labelFiles: [(name: String, text: String)] = [
    (
      "info.labels",
      #"{"version":1,"files":[{"path":"a.json","name":"n","category":"split","label":{"type":"multi-label","labels":[{"startIndex":0,"endIndex":4,"label":"x"},{"startIndex":5,"endIndex":9,"label":"y"}]},"metadata":{"k":"v"},"boundingBoxes":[{"label":"l","x":1,"y":2,"width":3,"height":4}]},{"path":"s/b.json","category":"testing","label":{"type":"label","label":"z"}}]}"#
    ),
    (
      "info.labels",
      #"{"__ndjson":true,"version":1}"# + "\n"
        + #"{"__key":"files","__item":{"path":"a.json","category":"training","label":{"type":"unlabeled"}}}"# + "\n"
        + #"{"__key":"files","__item":{"path":"s/b.json","category":"testing","label":{"type":"label","label":"z"}}}"#
    ),
    (
      "structured_labels.labels",
      #"{"version":1,"type":"structured-labels","structuredLabels":{"a.json":[{"startIndex":0,"endIndex":4,"label":"x","labelMap":{"k":"v"}},{"startIndex":3,"endIndex":9,"label":"y","labelMap":{"k":"w"}}],"s/b.json":[{"startIndex":0,"endIndex":1,"label":"x"}]}}"#
    ),
    (
      "bounding_boxes.labels",
      #"{"version":1,"type":"bounding-box-labels","boundingBoxes":{"a.json":[{"label":"l","x":1,"y":2,"width":3,"height":4.5}],"s/b.json":[]}}"#
    ),
    (
      "label_map.labels",
      #"{"version":1,"type":"label-map-labels","labels":{"a.json":{"k":"v"},"s/b.json":[{"startIndex":0,"endIndex":1}]}}"#
    ),
  ]

  /// Opening and scanning agree, whatever the damage: what `open` throws, `scan` lists as errors, and nothing else.
  @Test(arguments: labelFiles.indices)
  func readsOrRefusesLabelFiles(index: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.json", "x")
    try folder.write("s/b.json", "y")
    var random = SeededGenerator(seed: UInt64(420 + index))
    var readable = 0
    var wrong: [String] = []
    let file = Self.labelFiles[index]
    let count = Self.environmentCount ?? 400
    for _ in 0..<count {
      let bytes = Self.mutant(of: Array(file.text.utf8), &random)
      try folder.write(file.name, bytes)
      let opened = errors(folder.path)
      let scan = try Dataset.scan(path: folder.path)
      let listed = scan.problems.filter { $0.severity == .error }.map { "\($0.file): \($0.message)" }
      if opened.isEmpty { readable += 1 }
      let isOutside = scan.entries.contains { !["a.json", "s/b.json"].contains($0.path) }
      if opened.sorted() != listed.sorted() || isOutside { wrong.append(String(decoding: bytes, as: UTF8.self)) }
    }
    #expect(wrong == [])
    #expect(readable > 0 && readable < count)
  }
}
