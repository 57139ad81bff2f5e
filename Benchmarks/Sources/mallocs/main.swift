// Counts the allocations of each workload in steady state: none a window is the aim.
import BenchmarkSupport
import CMallocCount

let audio = Signals.audio()
let motion = Signals.accelerometer()
print("workload  windows  allocations  a window")
for workload in Workload.all {
  let run = try MemoryRun(workload, recording: workload.isAudio ? audio : motion)
  run.run()
  let before = malloc_count()
  for _ in 0..<3 { run.run() }
  let calls = Double(malloc_count() - before) / 3
  print(workload.id, run.windowCount, calls, calls / Double(run.windowCount), separator: "  ")
}
