// A descriptor that is closed twice may be somebody else's by then. While files are refused again and again, threads
// open and close others of their own: closing them must never fail. The more rounds, the surer that one would be hit.
// Files that are served must come whole, and what is no file within the folder must be refused with a reason.
import Foundation
import Glibc
import Synchronization
import Testing

@testable import StudioServer

@Suite(.serialized) struct FileAnswerTests {
  private final class Counts: Sendable {
    let stolen = Atomic(0)
    let isOver = Atomic(false)
  }

  private static func inFolder(_ body: (_ folder: String, _ engine: Engine) async throws -> Void) async throws {
    let root = FileManager.default.temporaryDirectory.appending(path: "answer-\(UUID().uuidString)")
    let folder = root.appending(path: "inside")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try Data("content".utf8).write(to: root.appending(path: "outside.bin"))
    try Data("content".utf8).write(to: folder.appending(path: "file.bin"))
    for (name, target) in [("out", "../outside.bin"), ("in", "file.bin")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: name).path, withDestinationPath: target)
    }
    let engine = Engine(threads: 1)
    defer { engine.stop() }
    try await body(folder.path, engine)
  }

  @Test(arguments: [("out", 30_000), (".", 1000), ("nothing", 1000)])
  func refusedFilesAreClosedOnce(name: String, rounds: Int) async throws {
    try await Self.inFolder { folder, engine in
      let counts = Counts()
      let others = DispatchGroup()
      for _ in 0..<2 {
        others.enter()
        Thread {
          while !counts.isOver.load(ordering: .relaxed) {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 && close(descriptor) != 0 { counts.stolen.add(1, ordering: .relaxed) }
          }
          others.leave()
        }.start()
      }
      for _ in 0..<rounds where counts.stolen.load(ordering: .relaxed) == 0 {
        let error = await #expect(throws: Refusal.self) {
          _ = try await FileAnswer.response("\(folder)/\(name)", within: folder, type: "text/plain", engine: engine)
        }
        guard error != nil else { break }
      }
      counts.isOver.store(true, ordering: .relaxed)
      await withCheckedContinuation { continuation in others.notify(queue: .global()) { continuation.resume() } }
      #expect(counts.stolen.load(ordering: .relaxed) == 0)
    }
  }

  @Test(arguments: ["file.bin", "in"])
  func filesInsideAreServed(name: String) async throws {
    try await Self.inFolder { folder, engine in
      let answer = try await FileAnswer.response(
        "\(folder)/\(name)", within: folder, type: "text/plain", engine: engine)
      #expect(answer.status == .ok && answer.body.contentLength == 7)
    }
  }
}
