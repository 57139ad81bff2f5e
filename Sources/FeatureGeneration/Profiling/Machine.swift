import CSystemCalls
import Foundation

/// Where a report comes from.
public struct Machine: Sendable, Codable, Equatable {
  /// As the system names it.
  public var processor: String
  /// Processors that this process may use.
  public var cores: Int
  /// What this program was built for.
  public var instructionSet: String

  /// This machine.
  public static var current: Machine {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    return Machine(
      processor: name ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount,
      instructionSet: String(cString: system_instruction_set()))
  }

  /// Microseconds of a fixed loop of dependent steps, the best of three: it scales with the clock and nothing else.
  static func calibrate() -> Double {
    (0..<3).map { _ -> Double in
      let start = monotonicSeconds()
      var state = UInt64(1)
      for _ in 0..<100_000 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
      }
      let time = (monotonicSeconds() - start) * 1e6
      // Never true, and not known to the compiler.
      return state == 0 ? .infinity : time
    }.min() ?? 0
  }
}
