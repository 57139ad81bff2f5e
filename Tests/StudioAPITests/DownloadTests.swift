// Strategy: downloads go over HTTP to a folder of their own. After success the file is complete and alone; after any
// fault the folder is as it was before: an old file untouched, no temporary file. The large body is made by the
// server as it goes; peak memory of the process must not grow by anything like its size.

import Foundation
import HTTPTestServer
import NumPyFiles
import Testing

@testable import StudioAPI

private let binary = "application/octet-stream"

/// A `.npy` file of `count` zeros.
private func array(count: Int, body: Int? = nil) -> [Reply.Step] {
  let header = arrayHeader(count: count)
  let length = header.count + (body ?? count * 4)
  return [.bytes(Reply.head(200, type: binary, length: length)), .bytes(header), .zeros(body ?? count * 4)]
}

private func arrayHeader(count: Int) -> Data {
  var text = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(count), 1), }"
  while (text.utf8.count + 11) % 64 != 0 { text += " " }
  text += "\n"
  let length = UInt16(text.utf8.count)
  return Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]) + Data(text.utf8)
}

private func contents(_ folder: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
}

@Test func filesAreWhole() async throws {
  try await withFolder { folder in
    try await withStudio({ request in
      request.path.contains("dsp-data") ? Reply(steps: array(count: 3)) : Reply(type: binary, text: "bytes")
    }) { server, client in
      let path = "\(folder)/f"
      let file = try await client.downloadFeatures(project: 7, block: 3, category: .training, raw: true, to: path)
      #expect(file == DownloadedFile(path: path, byteCount: 140, contentType: binary))
      let header = try NumPyHeader(contentsOf: path)
      #expect(header.shape == [3, 1])
      try await client.downloadRaw(project: 7, sample: 11, to: path)
      #expect(contents(folder) == ["f"])
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "bytes")
    }
  }
}

private let faults: [(String, [Reply.Step], StudioError.Kind)] = [
  ("shorter than its header", array(count: 3, body: 8), .truncated),
  ("longer than its header", array(count: 3, body: 16), .truncated),
  (
    "cut in the header", [.bytes(Reply.head(200, type: binary, length: 20)), .bytes(arrayHeader(count: 3).prefix(20))],
    .truncated
  ),
  ("no array", Reply(type: binary, text: "hello").steps, .invalidAnswer),
  ("empty", Reply(type: binary, text: "").steps, .invalidAnswer),
  ("a page", Reply(type: "text/html", text: "<html>").steps, .invalidAnswer),
  ("a refusal", Reply.refusal("No features").steps, .refused),
  ("a list", Reply(text: "[1,2]").steps, .invalidAnswer),
  ("an expired key", Reply(401, text: #"{"success":false,"error":"Expired"}"#).steps, .unauthorized),
  ("cut in the body", array(count: 100, body: 400).dropLast() + [.zeros(100), .close], .interrupted),
]

@Test(arguments: faults.indices)
func faultsLeaveNoPartialFile(index: Int) async throws {
  let (name, steps, kind) = faults[index]
  try await withFolder { folder in
    let path = "\(folder)/X.npy"
    try "old".write(toFile: path, atomically: false, encoding: .utf8)
    try await withStudio({ _ in Reply(steps: steps) }) { server, client in
      let error = await failure {
        try await client.downloadFeatures(project: 7, block: 3, category: .training, to: path)
      }
      #expect(error?.kind == kind, "\(name): \(error?.description ?? "no error")")
      #expect(server.requests.count == (kind == .truncated || kind == .interrupted ? 3 : 1))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text == "old")
      #expect(contents(folder) == ["X.npy"])
    }
  }
}

@Test func aDownloadThatBreaksOnceIsWhole() async throws {
  let script = Script(
    Reply(steps: array(count: 100, body: 400).dropLast() + [.zeros(100), .close]), Reply(steps: array(count: 100)))
  try await withFolder { folder in
    try await withStudio(script.next) { server, client in
      let file = try await client.downloadFeatures(
        project: 7, block: 3, category: .training, to: "\(folder)/X.npy")
      #expect(file.byteCount == 528)
      #expect(contents(folder) == ["X.npy"])
      #expect(server.requests.count == 2)
    }
  }
}

/// Two answers that are none, then the file.
private let refusals: [(name: String, first: Reply)] = [
  ("500", Reply(500, type: "text/plain", text: "down")), ("503", Reply(503, type: "text/html", text: "<html>")),
  ("429", Reply(429, headers: ["Retry-After: 0"], text: #"{"success":false,"error":"Slow down"}"#)),
  ("closed", Reply(steps: [.close])),
]

@Test(arguments: refusals.indices)
func downloadsAreTriedAgain(index: Int) async throws {
  let script = Script(refusals[index].first, refusals[index].first, Reply(steps: array(count: 3)))
  try await withFolder { folder in
    try await withStudio(script.next) { server, client in
      try await client.downloadLabels(project: 7, block: 3, category: .training, to: "\(folder)/y.npy")
      #expect(server.requests.count == 3 && contents(folder) == ["y.npy"], "\(refusals[index].name)")
    }
  }
}

@Test func bodiesThatStopAndBodiesThatAreSlow() async throws {
  let head = array(count: 4).dropLast()
  try await withFolder { folder in
    // Silence ends a download, and nothing is left of it.
    try await withStudio(idleTimeout: 1, { _ in Reply(steps: head + [.zeros(8), .pause(4), .zeros(8)]) }) {
      server, client in
      let error = await failure {
        try await client.downloadFeatures(project: 7, block: 3, category: .training, to: "\(folder)/X.npy")
      }
      #expect(error?.kind == .timedOut && server.requests.count == 1 && contents(folder) == [])
    }
    // A drip takes longer than the limits for silence and for calls with JSON, and arrives.
    let drip = (0..<16).flatMap { _ in [Reply.Step.zeros(1), .pause(0.1)] }
    try await withStudio(idleTimeout: 1, callTimeout: 0.5, { _ in Reply(steps: head + drip) }) { _, client in
      let file = try await client.downloadFeatures(project: 7, block: 3, category: .training, to: "\(folder)/X.npy")
      #expect(file.byteCount == 144 && contents(folder) == ["X.npy"])
    }
  }
}

@Test func placesThatTakeNoFile() async throws {
  try await withStudio({ _ in Reply(steps: array(count: 3)) }) { server, client in
    let error = await failure {
      try await client.downloadFeatures(project: 7, block: 3, category: .training, to: "/nowhere/at/all/X.npy")
    }
    #expect(error?.kind == .file && error?.message.hasPrefix("/nowhere/at/all/X.npy: ") == true)
    #expect(server.requests.isEmpty)
  }
}

@Test func cancellingADownloadLeavesNothing() async throws {
  try await withFolder { folder in
    let steps = array(count: 1 << 20).dropLast() + [.zeros(1 << 20), .pause(300)]
    try await withStudio({ _ in Reply(steps: Array(steps)) }) { server, client in
      let task = Task {
        await failure {
          try await client.downloadFeatures(project: 7, block: 3, category: .training, to: "\(folder)/X.npy")
        }
      }
      while contents(folder).isEmpty || server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      task.cancel()
      let error = await task.value
      #expect(error?.kind == .cancelled)
      #expect(contents(folder) == [])
    }
  }
}

/// Peak memory of the process, in kilobytes.
private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss
}

@Test func largeBodiesPassThrough() async throws {
  // 2 GiB where asked for. Tests that run at the same time need memory too: what a body in memory would take is well
  // above what they do.
  let size = Int(ProcessInfo.processInfo.environment["EDGEDSP_LARGE_BODY"] ?? "") ?? 1 << 30
  try await withFolder { folder in
    try await withStudio({ _ in Reply(steps: array(count: size / 4)) }) { _, client in
      let before = peakMemory()
      let file = try await client.downloadFeatures(
        project: 7, block: 3, category: .training, to: "\(folder)/X.npy")
      #expect(file.byteCount == size + 128)
      #expect(peakMemory() - before < size >> 11)
    }
  }
}
