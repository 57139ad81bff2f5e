// W1 to W6 from memory and from files, on one thread. The number of windows is in the name: divide by it.
import Benchmark
import BenchmarkSupport
import Datasets
import FeatureGeneration
import Foundation
import ProcessingBlocks

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .cpuTotal, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(4))

  for workload in Workload.all {
    Benchmark("\(workload.id) from memory") { benchmark in
      let run = try MemoryRun(workload, recording: workload.isAudio ? Signals.audio() : Signals.accelerometer())
      run.run()
      benchmark.startMeasurement()
      run.run()
      benchmark.stopMeasurement()
    }
    Benchmark("\(workload.id) from files") { benchmark in
      let folder = try DatasetFolder(workload)
      defer { folder.remove() }
      benchmark.startMeasurement()
      try folder.generate()
      benchmark.stopMeasurement()
    }
  }
}

/// A dataset of one recording: WAV for audio, JSON for motion.
struct DatasetFolder {
  private let url: URL
  private let generator: FeatureGenerator
  private let dataset: Dataset

  init(_ workload: Workload) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "edgedsp-benchmark-\(UUID().uuidString)")
    let training = url.appending(path: "dataset/training")
    try FileManager.default.createDirectory(at: training, withIntermediateDirectories: true)
    if workload.isAudio {
      try Self.wave(Signals.audio()).write(to: training.appending(path: "sound.1.wav"))
    } else {
      try Self.acquisition(Signals.accelerometer()).write(to: training.appending(path: "motion.1.json"))
    }
    let impulse = url.appending(path: "impulse.json")
    try Self.impulse(workload).write(to: impulse)
    var options = FeatureGenerator.Options()
    options.threads = 1
    options.overwrites = true
    let path = impulse.path(percentEncoded: false)
    generator = try FeatureGenerator(Impulse(contentsOf: path), impulseFile: path, options: options)
    dataset = try .open(path: url.appending(path: "dataset").path(percentEncoded: false))
  }

  func generate() throws {
    _ = try generator.generate(dataset, to: url.appending(path: "features").path(percentEncoded: false)) { _ in }
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  private static func impulse(_ workload: Workload) throws -> Data {
    func milliseconds(_ rows: Int) -> Double { Double(rows) * 1000 / workload.frequency }
    let parameters = workload.parameters.mapValues { value -> String in
      switch value {
      case .integer(let number): "\(number)"
      case .number(let number): "\(number)"
      case .boolean(let flag): "\(flag)"
      case .text(let text): text
      case .null: ""
      }
    }
    return try JSONSerialization.data(withJSONObject: [
      "impulse": [
        "inputBlocks": [
          [
            "id": 1, "type": "time-series", "windowSizeMs": milliseconds(workload.rows),
            "windowIncreaseMs": milliseconds(workload.hop), "frequencyHz": workload.frequency,
          ]
        ],
        "dspBlocks": [
          [
            "id": 2, "type": workload.type, "axes": workload.axes, "implementationVersion": workload.version,
          ] as [String: Any]
        ],
      ],
      "dspBlockConfigs": [["blockId": 2, "config": parameters] as [String: Any]],
    ])
  }

  /// 16-bit PCM, mono, 16 kHz.
  private static func wave(_ values: [Double]) -> Data {
    func bytes<Value: FixedWidthInteger>(_ value: Value) -> Data {
      withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }
    let size = UInt32(2 * values.count)
    var data = Data("RIFF".utf8) + bytes(36 + size) + Data("WAVEfmt ".utf8) + bytes(UInt32(16)) + bytes(UInt16(1))
    data += bytes(UInt16(1)) + bytes(UInt32(16_000)) + bytes(UInt32(32_000)) + bytes(UInt16(2)) + bytes(UInt16(16))
    data += Data("data".utf8) + bytes(size)
    let samples = values.map { Int16($0).littleEndian }
    return data + samples.withUnsafeBytes { Data($0) }
  }

  private static func acquisition(_ values: [Double]) -> Data {
    let rows = stride(from: 0, to: values.count, by: 3).map {
      "[\(Float(values[$0])),\(Float(values[$0 + 1])),\(Float(values[$0 + 2]))]"
    }
    let sensors = ["accX", "accY", "accZ"].map { "{\"name\":\"\($0)\",\"units\":\"m/s2\"}" }
    return Data(
      """
      {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"BENCHMARK",\
      "interval_ms":16,"sensors":[\(sensors.joined(separator: ","))],"values":[\(rows.joined(separator: ","))]}}
      """.utf8)
  }
}
