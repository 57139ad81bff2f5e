// The tool behind compare.py.
//
//   workloads serve [edgedsp|fftw|fftw-shared]
//       reads a workload's name a line, runs it once, answers with microseconds of CPU time a window
//   workloads write FOLDER WINDOWS
//       writes windows and their features as .npy: FOLDER/W1.npy, FOLDER/W1.features.npy, …
import BenchmarkSupport
import Foundation
import NumPyFiles

struct Usage: Error, CustomStringConvertible {
  let description = "usage: workloads serve [edgedsp|fftw|fftw-shared] | workloads write FOLDER WINDOWS"
}

/// Recordings are made once, when first needed.
struct Recordings {
  private lazy var audio = Signals.audio()
  private lazy var motion = Signals.accelerometer()

  mutating func recording(_ workload: Workload) -> [Double] { workload.isAudio ? audio : motion }
}

/// Answers one line for each line of standard input.
func serve(_ engine: String) throws {
  var recordings = Recordings()
  var runs: [String: () -> Double] = [:]
  while let id = readLine() {
    guard let workload = Workload.all.first(where: { $0.id == id }) else {
      print("unknown workload")
      fflush(nil)
      continue
    }
    if runs[id] == nil {
      if engine == "edgedsp" {
        let run = try MemoryRun(workload, recording: recordings.recording(workload))
        // Warms caches and clock.
        _ = run.time()
        runs[id] = { run.time() }
      } else if let limit = TransformLimit(workload, isShared: engine == "fftw-shared") {
        _ = limit.time()
        runs[id] = { limit.time() }
      }
    }
    print(runs[id]?() ?? .nan)
    fflush(nil)
  }
}

func write(folder: String, windows: Int) throws {
  var recordings = Recordings()
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for workload in Workload.all {
    let run = try MemoryRun(workload, recording: recordings.recording(workload))
    let windows = run.windows(windows)
    try NumPyWriter.write(
      windows.flatMap { $0.map(Float.init) }, shape: [windows.count, workload.rows * workload.axes.count],
      to: "\(folder)/\(workload.id).npy")
    try NumPyWriter.write(
      windows.flatMap { run.plan.features(ofWindow: $0) }, shape: [windows.count, run.plan.featureCount],
      to: "\(folder)/\(workload.id).features.npy")
  }
}

do {
  let arguments = Array(CommandLine.arguments.dropFirst())
  switch arguments.first {
  case "serve" where arguments.count <= 2: try serve(arguments.count > 1 ? arguments[1] : "edgedsp")
  case "write" where arguments.count == 3:
    guard let windows = Int(arguments[2]), windows > 0 else { throw Usage() }
    try write(folder: arguments[1], windows: windows)
  default: throw Usage()
  }
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(1)
}
