// Kernels on data that fits the first-level cache. Setup is outside of what is timed.
import Benchmark
import BenchmarkSupport
import DSPKernels
import Foundation
import NumPyFiles

/// Rows of motion, `[row][lane]`; each lane is a row behind the one before.
private func batch(rows: Int) -> LaneBuffer<Float> {
  let signal = Signals.accelerometer()
  let buffer = LaneBuffer<Float>(count: rows * laneCount)
  for i in 0..<buffer.count { buffer.base[i] = Float(signal[3 * (i % laneCount + i / laneCount)]) }
  return buffer
}

private func wide(_ buffer: LaneBuffer<Float>) -> LaneBuffer<Double> {
  let result = LaneBuffer<Double>(count: buffer.count)
  for i in 0..<buffer.count { result.base[i] = Double(buffer.base[i]) }
  return result
}

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .throughput], warmupIterations: 10, scalingFactor: .kilo,
    maxDuration: .seconds(1))

  for length in [16, 32, 64, 128, 256, 512, 1024, 2048] {
    let name = String(format: "FFT %04d, a transform in each lane", length)
    Benchmark(name) { benchmark in
      let spectrum = MaxHoldSpectrum(length: length, rows: length, overlap: false)
      let x = batch(rows: spectrum.paddedRows)
      let power = LaneBuffer<Double>(count: spectrum.bins * laneCount)
      let scratch = spectrum.makeScratch()
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        spectrum.run(UnsafePointer(x.base), into: power.base, scratch: scratch)
      }
      benchmark.stopMeasurement()
      blackHole(power.base[laneCount])
    }
  }

  for order in [2, 4, 6, 8] {
    Benchmark("biquads, order \(order), 125 rows") { benchmark in
      let filter = LaneFilter(.butterworth(order: order, cutoff: 0.1, kind: .low))
      let split = WindowSplit(rows: 125, hop: 5, windows: laneCount)
      let signal = Signals.accelerometer()
      let source = LaneBuffer<Float>(count: split.count)
      signal.withUnsafeBufferPointer { signal in
        guard let axis = signal.baseAddress else { return }
        split.fill(source.base, from: axis, stride: 3, windows: laneCount, scale: 1)
      }
      // Not in place: filtered over and over, values would soon be subnormal, and arithmetic on them slow.
      let x = LaneBuffer<Float>(count: 125 * laneCount)
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations { filter.load(source.base, split: split, first: 0, into: x.base) }
      benchmark.stopMeasurement()
      blackHole(x.base[0])
    }
  }

  Benchmark("moments, 125 rows") { benchmark in
    let moments = LaneMoments(rows: 125)
    let x = batch(rows: 125)
    let results = LaneBuffer<Float>(count: 3 * laneCount)
    let scratch = moments.makeScratch()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      moments.center(
        x.base, rms: results.base,
        shape: .init(skewness: results.base + laneCount, kurtosis: results.base + 2 * laneCount), scratch: scratch)
    }
    benchmark.stopMeasurement()
    blackHole(results.base[0])
  }

  Benchmark("mel, 40 filters, 129 bins") { benchmark in
    let bank = MelFilterBank(count: 40, length: 256, frequency: 16_000, low: 0, high: 8000, rule: .fullSpectrum)
    let power = wide(batch(rows: 129))
    let energies = LaneBuffer<Double>(count: 40 * laneCount)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { bank.apply(power.base, into: energies.base) }
    benchmark.stopMeasurement()
    blackHole(energies.base[0])
  }

  Benchmark("DCT, 32 to 13") { benchmark in
    let transform = CosineTransform(filters: 32, count: 13)
    let values = wide(batch(rows: 32))
    let result = LaneBuffer<Double>(count: 13 * laneCount)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { transform.apply(values.base, into: result.base) }
    benchmark.stopMeasurement()
    blackHole(result.base[0])
  }

  for name in ["haar", "db4", "bior3.1"] {
    Benchmark("DWT \(name), level 2 with statistics, 250 rows") { benchmark in
      guard let filter = WaveletFilter(name: name) else { return benchmark.error("no wavelet \(name)") }
      let analysis = LaneWaveletAnalysis(rows: 250, levels: 2, filter: filter)
      let x = batch(rows: 250)
      let features = LaneBuffer<Float>(count: analysis.featureCount * laneCount)
      let scratch = analysis.makeScratch()
      benchmark.startMeasurement()
      for _ in benchmark.scaledIterations {
        analysis.run(UnsafePointer(x.base), into: features.base, scratch: scratch)
      }
      benchmark.stopMeasurement()
      blackHole(features.base[0])
    }
  }

  Benchmark("log, 4096 values") { benchmark in
    let values = wide(batch(rows: 128))
    for i in 0..<values.count { values.base[i] = 1 + abs(values.base[i]) }
    let result = LaneBuffer<Float>(count: values.count)
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { writeLogPower(values.base, count: values.count, to: result.base) }
    benchmark.stopMeasurement()
    blackHole(result.base[0])
  }

  Benchmark(
    ".npy, 1000 rows of 97 features", configuration: .init(scalingFactor: .one, maxDuration: .seconds(2))
  ) { benchmark in
    let rows = [Float](repeating: 0.5, count: 97_000)
    let path = NSTemporaryDirectory() + "/edgedsp-benchmark-\(UUID().uuidString).npy"
    defer { try? FileManager.default.removeItem(atPath: path) }
    benchmark.startMeasurement()
    do { try NumPyWriter.write(rows, shape: [1000, 97], to: path) } catch { benchmark.error("\(error)") }
    benchmark.stopMeasurement()
  }
}
