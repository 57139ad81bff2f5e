import Datasets
import Foundation
import NumPyFiles
import ProcessingBlocks

@testable import FeatureGeneration

/// A recording that a test makes: values that depend on nothing but the seed.
struct SyntheticRecording {
  var name: String
  var axes = ["accX", "accY", "accZ"]
  var intervalMs = 16.0
  var rows: Int
  var seed: UInt64

  /// Row-major values, exact in Float and in JSON.
  var values: [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<rows * axes.count).map { _ in Double(Int.random(in: -4096...4096, using: &random)) / 64 }
  }

  /// The acquisition file; `badRow` holds a text instead of its first number.
  func json(badRow: Int? = nil) -> String {
    let values = values
    let lines = (0..<rows).map { row in
      let cells = values[row * axes.count..<(row + 1) * axes.count].map { "\($0)" }
      return "[" + (row == badRow ? ["\"bad\""] + cells.dropFirst() : cells).joined(separator: ",") + "]"
    }
    let sensors = axes.map { "{\"name\":\"\($0)\",\"units\":\"m/s2\"}" }.joined(separator: ",")
    return """
      {"protected":{"ver":"v1","alg":"none"},"signature":"00","payload":{"device_type":"TEST",\
      "interval_ms":\(intervalMs),"sensors":[\(sensors)],"values":[\(lines.joined(separator: ","))]}}
      """
  }

  func write(to folder: TemporaryFolder, in place: String = "data/training", badRow: Int? = nil) throws {
    try folder.write(json(badRow: badRow), to: "\(place)/\(name)")
  }
}

/// An impulse that a test makes.
struct SyntheticImpulse {
  var sizeMs = 320
  var increaseMs = 80
  var frequency = 62.5
  var padsZeros = false
  var labeling = WindowLabeling.endOfWindow
  /// Type and axes of each block; ids count from 2.
  var blocks: [(type: String, axes: [String])] = [("raw", ["accX", "accY", "accZ"])]
  /// Of every block.
  var parameters: [String: ParameterValue] = [:]

  var window: SlidingWindow {
    SlidingWindow(sizeMs: sizeMs, increaseMs: increaseMs, frequency: frequency, padsZeros: padsZeros)
  }

  var impulse: Impulse {
    let input = InputBlock(id: 1, frequency: frequency, window: window, labeling: labeling)
    return Impulse(
      name: "Test",
      blocks: blocks.enumerated().map { index, block in
        ImpulseBlock(
          id: index + 2, name: block.type, type: block.type,
          implementationVersion: BlockRegistry.block(type: block.type)?.versions.upperBound ?? 1,
          axes: block.axes, parameters: parameters, input: input)
      })
  }

  func generator(
    slabLimit: Int? = nil, _ change: (inout FeatureGenerator.Options) -> Void = { _ in }
  ) throws -> FeatureGenerator {
    var options = FeatureGenerator.Options()
    options.threads = 2
    change(&options)
    var generator = try FeatureGenerator(impulse, impulseFile: "test.json", options: options)
    if let slabLimit { generator.slabLimit = slabLimit }
    return generator
  }

  /// Window by window, from rows read at once: the slow way that generation is compared with.
  func expectedFeatures(_ path: String, block: PreparedBlock) throws -> [Float] {
    let recording = try Recording(path: path)
    let width = recording.header.sensors.count
    let columns = try block.block.axes.map { axis in
      guard let column = recording.header.sensors.firstIndex(where: { $0.name == axis }) else {
        throw CocoaError(.coderValueNotFound)
      }
      return column
    }
    let size = Int(Double(sizeMs) * frequency / 1000)
    let increase = max(1, Int(Double(increaseMs) * frequency / 1000))
    func features(from start: Int) -> [Float] {
      let window = (start..<start + size).flatMap { row in
        columns.map { row < recording.rowCount ? recording.rows[row * width + $0] : 0 }
      }
      return block.plan.features(ofWindow: window)
    }
    if recording.rowCount < size { return padsZeros && recording.rowCount > 0 ? features(from: 0) : [] }
    return stride(from: 0, through: recording.rowCount - size, by: increase).flatMap { features(from: $0) }
  }
}

extension TemporaryFolder {
  /// The dataset in `data`.
  func dataset() throws -> Dataset { try Dataset.open(path: path("data")) }

  func features(_ set: String, _ file: String = "X.npy", in output: String = "out") throws -> (
    shape: [Int], values: [Float]
  ) {
    let contents = try NumPyArray.read(Float.self, from: path("\(output)/\(set)/\(file)"))
    return (contents.header.shape, contents.values)
  }

  func y(_ set: String, in output: String = "out") throws -> [[Int32]] {
    let contents = try NumPyArray.read(Int32.self, from: path("\(output)/\(set)/y.npy"))
    return stride(from: 0, to: contents.values.count, by: 4).map { Array(contents.values[$0..<$0 + 4]) }
  }

  func metadata(_ set: String, in output: String = "out") throws -> FeatureSetMetadata {
    let data = try Data(contentsOf: url.appending(path: "\(output)/\(set)/metadata.json"))
    return try JSONDecoder().decode(FeatureSetMetadata.self, from: data)
  }
}
