import CSystemCalls
import Foundation
import Glibc

/// Memory of this process.
enum ProcessMemory {
  /// Bytes on the heap now.
  static var heap: Int { Int(clamping: system_heap_bytes()) }

  /// Highest resident memory since the last `resetPeak`, in bytes; 0 where the system does not tell.
  static var peak: Int { statusValue("VmHWM:") }

  /// Addresses that are left to the process under its limit (`ulimit -v`), in bytes.
  static var addressesLeft: Int { max(0, Int(clamping: system_address_space_limit()) - statusValue("VmSize:")) }

  /// Lets the peak begin anew where the kernel allows it.
  static func resetPeak() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  private static func statusValue(_ key: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(key) }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}

/// Seconds of a clock that is never set.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
