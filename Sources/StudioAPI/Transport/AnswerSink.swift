import Foundation
import Glibc

/// Where the body of an answer goes.
struct AnswerSink: Sendable {
  /// Largest body of a refusal that is read.
  private static let refusalLimit = 1 << 20

  private let memoryLimit: Int
  private let descriptor: Int32?
  private var memory = Data()
  private var usesFile = false
  private var isRefusal = false
  private(set) var byteCount = 0

  /// Memory, up to a number of bytes.
  static func memory(limit: Int) -> AnswerSink { AnswerSink(memoryLimit: limit, descriptor: nil) }

  /// An open file for the body of status 200, unless it is JSON or HTML; memory for all others.
  static func file(_ descriptor: Int32) -> AnswerSink {
    AnswerSink(memoryLimit: refusalLimit, descriptor: descriptor)
  }

  private init(memoryLimit: Int, descriptor: Int32?) {
    self.memoryLimit = memoryLimit
    self.descriptor = descriptor
  }

  /// Chooses by the head of the answer.
  mutating func begin(_ head: HTTPAnswer) {
    isRefusal = head.status != 200
    usesFile =
      descriptor != nil && !isRefusal && head.contentType != "application/json" && head.contentType != "text/html"
  }

  mutating func write(_ data: Data) throws(HTTPFailure) {
    byteCount += data.count
    if usesFile, let descriptor {
      try Self.write(data, to: descriptor)
      return
    }
    let limit = isRefusal ? min(memoryLimit, Self.refusalLimit) : memoryLimit
    guard byteCount <= limit else {
      throw HTTPFailure(kind: .tooLarge, message: "the answer is larger than \(limit) bytes")
    }
    memory.append(data)
  }

  mutating func takeMemory() -> Data {
    defer { memory = Data() }
    return memory
  }

  private static func write(_ data: Data, to descriptor: Int32) throws(HTTPFailure) {
    let code = data.withUnsafeBytes { bytes -> Int32 in
      var done = 0
      while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          done += count
        } else if count == 0 || errno != EINTR {
          return count == 0 ? ENOSPC : errno
        }
      }
      return 0
    }
    if code != 0 {
      throw HTTPFailure(kind: .file, message: "cannot write the download: \(String(cString: strerror(code)))")
    }
  }
}
