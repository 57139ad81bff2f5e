import FeatureGeneration
import Foundation
import Glibc
import OutputFiles

/// Standard output and error.
enum Terminal {
  /// Writes to standard output.
  ///
  /// - Throws: `OutputError` where it cannot be written, a full disk for example.
  static func write(_ text: String) throws(OutputError) {
    // A reader that has seen enough (`| head`) is no error.
    guard let code = write(text, to: STDOUT_FILENO), code != EPIPE else { return }
    throw OutputError(
      kind: .writeFailed, path: "standard output", reason: "cannot be written: \(String(cString: strerror(code)))")
  }

  /// Writes to standard error; where that fails there is nobody left to tell.
  static func writeError(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// `FileHandle.write` would end the process on an error. Nil, or the error's number.
  private static func write(_ text: String, to descriptor: CInt) -> CInt? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return count < 0 ? errno : EIO }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return nil
    }
  }

  /// A text as one line: names from files must not move the cursor or forge a second message.
  static func line(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        line += "\\u{\(String(scalar.value, radix: 16))}"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Whether a person watches standard error.
  static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// Highest resident memory of this process so far, in bytes; 0 where the system does not tell.
  ///
  /// `getrusage` would count the parent's memory too, from before this program was loaded.
  static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
