import CSystemCalls
import EngineThreads
import Foundation
import Synchronization

/// Where a report comes from.
public struct Machine: Sendable, Codable, Equatable {
  /// As the system names it.
  public var processor: String
  /// Processors that this process may use.
  public var cores: Int
  /// What this program was built for.
  public var instructionSet: String

  /// Processors that this process may run on: what numbers of threads are by default.
  public static var usableProcessors: Int { OwnThreads.processors }

  /// This machine.
  public static var current: Machine {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") || $0.hasPrefix("Model") }
    let name = line?.split(separator: ":", maxSplits: 1).last.map { $0.trimmingCharacters(in: .whitespaces) }
    return Machine(
      processor: name ?? "unknown", cores: usableProcessors, instructionSet: String(cString: system_instruction_set()))
  }

  /// Whether times of another machine mean anything here: processor and instruction set are the same.
  func isComparable(with other: Machine) -> Bool {
    processor == other.processor && instructionSet == other.instructionSet
  }

  /// Microseconds of the fixed loop on the calling thread: the median of some, so that an interruption does not count.
  static func calibrate() -> Double {
    let times = (0..<7).map { _ -> Double in
      let start = monotonicSeconds()
      runFixedLoop()
      return (monotonicSeconds() - start) * 1e6
    }
    return RoundTimes(rounds: times).median
  }

  /// Keeps the compiler from leaving the fixed loop out.
  private static let sink = Atomic<UInt64>(0)

  /// A fixed amount of arithmetic, some 50 µs, without the engine and without memory.
  ///
  /// Six chains of vectors keep the arithmetic units about as busy as kernels do: who shares the core slows both.
  @inline(never) static func runFixedLoop() {
    var (a, b, c) = (SIMD4<Double>(repeating: 1), SIMD4<Double>(repeating: 2), SIMD4<Double>(repeating: 3))
    var (d, e, f) = (SIMD4<Double>(repeating: 4), SIMD4<Double>(repeating: 5), SIMD4<Double>(repeating: 6))
    let factor = SIMD4<Double>(repeating: 0.999)
    let summand = SIMD4<Double>(repeating: 0.001)
    for _ in 0..<20_000 {
      a = a * factor + summand
      b = b * factor + summand
      c = c * factor + summand
      d = d * factor + summand
      e = e * factor + summand
      f = f * factor + summand
    }
    sink.store((a + b + c + d + e + f).sum().bitPattern, ordering: .relaxed)
  }
}
