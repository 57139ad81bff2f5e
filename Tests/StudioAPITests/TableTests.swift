// Strategy: small tables with known recordings, compared as text, since the text is what travels. Times are given
// fractions that binary numbers cannot hold. Every rule has a table that breaks it, and the error must say where.

import Datasets
import Foundation
import NumPyFiles
import Testing

@testable import StudioAPI

private func text(_ sample: UploadSample) -> String {
  switch sample.content {
  case .bytes(let data), .acquisition(let data): String(decoding: data, as: UTF8.self)
  case .file(let path): path
  }
}

private let sensors = [Sensor(name: "a", units: "m/s2"), Sensor(name: "b\"", units: "g")]

@Test func numbersBecomeAnAcquisition() throws {
  let sample = try UploadSample(values: [[0.1, -2], [1e-7, 62.5]], sensors: sensors, intervalMs: 62.5)
  let expected =
    #"{"protected":{"ver":"v1","alg":"none","iat":null},"payload":{"device_type":"EDGEDSP","#
    + #""sensors":[{"name":"a","units":"m/s2"},{"name":"b\"","units":"g"}],"values":[[0.1,-2],[1e-07,62.5]],"#
    + #""interval_ms":62.5,"device_name":null},"signature":null}"#
  #expect(text(sample) == expected)
  #expect(sample.category == .split && sample.label == nil)
  #expect(sample.fileName.count == 21 && sample.fileName.hasSuffix(".json"))
}

@Test func numbersThatMakeNoRecording() {
  func message(_ values: [[Double]], _ interval: Double = 1) -> String? {
    do throws(StudioError) {
      _ = try UploadSample(values: values, sensors: sensors, intervalMs: interval)
      return nil
    } catch { return error.message }
  }
  #expect(message([]) == "expected at least one row and one sensor")
  #expect(message([[1, 2], [3]]) == "row 1: expected 2 values, found 1")
  #expect(message([[1, .nan]]) == "row 0: expected finite numbers")
  #expect(message([[1, 2]], 0) == "expected a positive interval, found 0.0 ms")
  #expect(throws: StudioError.self) {
    try UploadSample.samples(arrays: [[[1, 2]]], labels: ["a", "b"], sensors: sensors, intervalMs: 1)
  }
}

@Test func arraysFromFiles() async throws {
  try await withFolder { folder in
    let path = "\(folder)/a.npy"
    try NumPyWriter.write((0..<12).map(Float.init), shape: [2, 3, 2], to: path)
    let samples = try UploadSample.samples(
      array: path, labels: ["x", "y"], sensors: sensors, intervalMs: 16, category: .testing, metadata: ["k": "v"])
    #expect(samples.map(\.label) == ["x", "y"])
    #expect(samples.allSatisfy { $0.category == .testing && $0.metadata == ["k": "v"] })
    #expect(text(samples[1]).contains(#""values":[[6,7],[8,9],[10,11]],"interval_ms":16,"#))
    #expect(throws: StudioError.self) {
      try UploadSample.samples(array: path, labels: ["x", "y"], sensors: [sensors[0]], intervalMs: 16)
    }
    try NumPyWriter.write((0..<6).map(Float.init), shape: [3, 2], to: "\(folder)/t.npy")
    let table = try Table(array: "\(folder)/t.npy", columns: ["p", "q"])
    #expect(table.rows == [["0", "1"], ["2", "3"], ["4", "5"]])
  }
}

@Test func csvFiles() async throws {
  try await withFolder { folder in
    func read(_ text: String, delimiter: Character = ",") throws -> Table {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/t.csv"))
      return try Table(csv: "\(folder)/t.csv", delimiter: delimiter)
    }
    let quoted = try read("\u{FEFF}a,\"b \"\"c\"\"\"\r\n1.50,\"x,\r\ny\"\r\n\r\n,2")
    #expect(quoted.columns == ["a", "b \"c\""])
    #expect(quoted.rows == [["1.50", "x,\r\ny"], ["", "2"]])
    #expect(try read("a;b\n1;2\n", delimiter: ";").rows == [["1", "2"]])
    for (bad, words) in [
      ("", "header"), ("a,b\n1,2\n3\n", "line 3: expected 2 cells, found 1"), ("a,a\n", "different names"),
      ("a,b\n\"1,2\n", "line 2: the quoted cell has no end"), ("a\n\"1\"2\n", "line 2: expected a delimiter"),
    ] {
      let error = await failure { _ = try read(bad) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "no error")")
    }
  }
}

@Test func wholeTables() throws {
  let table = try Table(
    columns: ["x", "y", "state"], rows: [["1", "a,b", "up"], ["2.50", "4", "up"], ["3", "5", ""], ["4", "6", "up"]])
  let series = try UploadSample(table: table, labelColumn: "state", intervalMs: 0.1, label: "l", fileName: "n")
  #expect(text(series) == "timestamp,x,y\n0,1,\"a,b\"\n0.1,2.50,4\n0.2,3,5\n0.3,4,6\n")
  #expect(series.fileName == "n.csv" && series.label == "l")
  #expect(
    series.structuredLabels == [
      Studio.StructuredLabel(startIndex: 0, endIndex: 1, label: "up"),
      Studio.StructuredLabel(startIndex: 3, endIndex: 3, label: "up"),
    ])
  let timed = try Table(columns: ["v", "timestamp"], rows: [["7", "0"], ["8", "62.5"]])
  #expect(text(try UploadSample(table: timed)) == "timestamp,v\n0,7\n62.5,8\n")
  let single = try Table(columns: ["x", "state"], rows: [["1", "up"]])
  let features = try UploadSample(table: single, labelColumn: "state")
  #expect(text(features) == "x,state\n1,up\n" && features.structuredLabels.isEmpty)
  let falling = try Table(columns: ["timestamp", "v"], rows: [["5", "1"], ["5", "2"]])
  for (bad, words) in [(table, "needs an interval"), (falling, "row 1: expected a time after 5 ms, found 5 ms")] {
    do throws(StudioError) {
      _ = try UploadSample(table: bad)
      Issue.record("expected an error")
    } catch { #expect(error.message.contains(words)) }
  }
}

@Test func rowsAreRecordings() throws {
  let table = try Table(
    columns: ["f", "g", "l", "c", "m"], rows: [["1", "2", "a", "training", "k"], ["3", "4", "b", "", "k2"]])
  let roles = TableRoles(label: "l", category: "c", metadata: ["m"])
  let samples = try UploadSample.samples(rowsOf: table, features: ["g", "f"], roles: roles)
  #expect(samples.map(text) == ["g,f\n2,1\n", "g,f\n4,3\n"])
  #expect(samples.map(\.label) == ["a", "b"])
  #expect(samples.map(\.category) == [.training, .split])
  #expect(samples.map(\.metadata) == [["m": "k"], ["m": "k2"]])
  #expect(throws: StudioError.self) { try UploadSample.samples(rowsOf: table, features: ["none"]) }
  #expect(throws: StudioError.self) {
    try UploadSample.samples(rowsOf: table, features: ["f"], roles: TableRoles(category: "l"))
  }
}

@Test func wideTables() throws {
  let table = try Table(
    columns: ["l", "x0", "y0", "x1", "y1"], rows: [["a", "1", "2", "3", "4"], ["b", "5", "6", "7", "8"]])
  let roles = TableRoles(label: "l")
  let axes = try UploadSample.samples(wide: table, axes: ["x", "y"], length: 2, intervalMs: 62.5, roles: roles)
  #expect(axes.map(text) == ["timestamp,x,y\n0,1,2\n62.5,3,4\n", "timestamp,x,y\n0,5,6\n62.5,7,8\n"])
  #expect(axes.map(\.label) == ["a", "b"])
  let flat = try UploadSample.samples(wide: table, intervalMs: 0.5, roles: roles)
  #expect(text(flat[0]) == "timestamp,value\n0,1\n0.5,2\n1,3\n1.5,4\n")
  let rest = try UploadSample.samples(wide: table, from: 3, intervalMs: 1, axis: "v", roles: roles)
  #expect(text(rest[1]) == "timestamp,v\n0,7\n1,8\n")
  do throws(StudioError) {
    _ = try UploadSample.samples(wide: table, axes: ["x", "z"], length: 2, intervalMs: 1)
    Issue.record("expected an error")
  } catch { #expect(error.message == "missing columns: z0, z1") }
}

@Test func groupedTables() throws {
  let columns = ["id", "t", "v", "l", "c"]
  let table = try Table(
    columns: columns,
    rows: [
      ["b", "1.001", "2", "up", "testing"], ["a", "0.0005", "9", "down", ""], ["b", "0", "1", "up", "testing"],
      ["a", "10", "8", "down", ""],
    ])
  let roles = TableRoles(label: "l", category: "c")
  let samples = try UploadSample.samples(grouped: table, by: "id", timeColumn: "t", roles: roles)
  #expect(samples.map(\.fileName) == ["b.csv", "a.csv"])
  #expect(samples.map(text) == ["timestamp,v\n0,1\n1001,2\n", "timestamp,v\n0.5,9\n10000,8\n"])
  #expect(samples.map(\.label) == ["up", "down"])
  #expect(samples.map(\.category) == [.testing, .split])
  for (rows, words) in [
    ([["a", "0", "1", "x", ""], ["a", "1", "1", "y", ""]], "group a: expected one value in the column l"),
    ([["a", "0", "1", "x", ""], ["a", "0.0", "1", "x", ""]], "group a: row 1: expected a time after 0 ms"),
    ([["a", "noon", "1", "x", ""]], "row 0: expected a time"),
  ] {
    do throws(StudioError) {
      _ = try UploadSample.samples(
        grouped: try Table(columns: columns, rows: rows), by: "id", timeColumn: "t", roles: roles)
      Issue.record("expected an error")
    } catch { #expect(error.message.contains(words), "\(error.message)") }
  }
}
