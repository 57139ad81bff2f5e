// Strategy: folders are made on disk, uploaded over HTTP, and the requests compared by file name and headers: which
// files go, in which order, with what. Lists that point outside their folder must send nothing at all.

import Datasets
import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

private let taken = #"{"success":true,"files":[{"success":true}]}"#

private func write(_ files: [String: String], to folder: String) throws {
  for (name, text) in files {
    let url = URL(fileURLWithPath: "\(folder)/\(name)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }
}

/// File name, path and label of each request.
private func summary(_ server: RecordingServer) -> [String] {
  server.requests.map { request in
    let body = String(decoding: request.body, as: UTF8.self)
    let name = body.components(separatedBy: "filename=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
    return "\(name) \(request.path) \(request.headers["x-label"] ?? "-")"
  }
}

@Test func plainFolders() async throws {
  try await withFolder { folder in
    try write(
      [
        "a.csv": "1", "sub/b.wav": "2", "sub/deep/c.json": "3", "d.txt": "4", ".hidden.csv": "5",
        ".git/e.csv": "6", "F.CSV": "7", "csv": "8",
      ], to: folder)
    try await withStudio({ _ in Reply(text: taken) }) { server, client in
      let report = try await client.uploadFolder(
        folder, category: .testing, label: "l", metadata: ["k": "v"], batchSize: 2, options: UploadOptions(workers: 1)
      ) { sample, path in
        if path.hasSuffix("b.wav") { sample.inferLabelAndCategory(path: "training/b.wav") }
      }
      #expect(report.success)
      #expect(report.successes.map(\.index) == [0, 1, 2])
      #expect(
        summary(server) == ["a.csv /api/testing/files l", "b.wav /api/training/files b", "c.json /api/testing/files l"])
      #expect(server.requests.allSatisfy { $0.headers["x-metadata"] == #"{"k":"v"}"# })
    }
  }
}

@Test func emptyAndMissingFolders() async throws {
  try await withFolder { folder in
    try await withStudio({ _ in Reply(text: taken) }) { server, client in
      let report = try await client.uploadFolder(folder)
      #expect(report.success && report.successes.isEmpty)
      let error = await failure { _ = try await client.uploadFolder("\(folder)/none") }
      #expect(error?.kind == .file)
      #expect(server.requests.isEmpty)
    }
  }
}

@Test func exportedFolders() async throws {
  let list = """
    {"version":1,"files":[
      {"path":"training/wave.1.cbor","name":"wave","category":"training","label":{"type":"label","label":"wave"},
       "metadata":{"site":"desk"},"boundingBoxes":[]},
      {"path":"testing/b.png","category":"testing","label":{"type":"unlabeled"},
       "boundingBoxes":[{"label":"cup","x":1,"y":2,"width":3,"height":4}]},
      {"path":"testing/b.png","category":"training","label":{"type":"unlabeled"}},
      {"path":"multi.csv","label":{"type":"multi-label","labels":[{"startIndex":0,"endIndex":3,"label":"up"}]}}
    ]}
    """
  try await withFolder { folder in
    try write(
      ["info.labels": list, "training/wave.1.cbor": "1", "testing/b.png": "2", "multi.csv": "3", "other.csv": "4"],
      to: folder)
    try await withStudio({ _ in Reply(text: taken) }) { server, client in
      let report = try await client.uploadFolder(folder, label: "ignored", options: UploadOptions(workers: 1))
      #expect(report.success)
      #expect(
        summary(server) == [
          "wave.1.cbor /api/training/files wave", "b.png /api/testing/files -", "multi.csv /api/split/files -",
        ])
      let headers = server.requests.map(\.headers)
      #expect(headers[0]["x-metadata"] == #"{"site":"desk"}"#)
      #expect(headers[1]["x-bounding-boxes"] == #"[{"height":4,"label":"cup","width":3,"x":1,"y":2}]"#)
      #expect(String(decoding: server.requests[2].body, as: UTF8.self).contains(#""multi.csv":[{"endIndex":3"#))
    }
  }
}

@Test(arguments: ["../secret.csv", "/etc/hostname", "a/../../b.csv", ""])
func listsThatLeadOutOfTheFolder(path: String) async throws {
  try await withFolder { folder in
    try write(
      ["info.labels": #"{"files":[{"path":"\#(path)","label":{"type":"unlabeled"}}]}"#], to: folder)
    try await withStudio({ _ in Reply(text: taken) }) { server, client in
      let error = await failure { _ = try await client.uploadFolder(folder) }
      #expect(error?.kind == .file && error?.message.contains("files[0].path") == true)
      #expect(server.requests.isEmpty)
    }
  }
}
