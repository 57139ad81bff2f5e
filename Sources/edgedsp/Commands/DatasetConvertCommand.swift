import ArgumentParser
import Datasets
import FeatureGeneration
import Foundation

extension WritableFormat: ExpressibleByArgument {}

struct DatasetConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a dataset or single recordings in another format.",
    discussion: """
      The rows, their rate and their order stay exactly what they are. A format that cannot hold a recording is \
      refused, and nothing is written:
        json   acquisition format: everything
        cbor   acquisition format: everything, in less space
        csv    rows, rate and axis names; one row only at 1000 ms
        wav    one axis of whole numbers from -32768 to 32767 at a whole rate
        npy    float64 array of rows by axes with a .json beside it: everything

      A dataset folder keeps its paths; info.labels has the labels, categories and metadata. A table that is cut \
      (--csv-split-ms) becomes a file for each part: wave.csv becomes wave.s1.json, wave.s2.json, …

      Examples:
        edgedsp dataset convert gestures --to npy -o gestures-npy
        edgedsp dataset convert wave.1.json --to csv -o wave.1.csv
      """)

  @Argument(help: "A dataset folder, or recordings.")
  var input: [String]

  @Option(help: "The format: json, cbor, csv, wav or npy.")
  var to: WritableFormat

  @Option(name: .shortAndLong, help: "The folder for all files; for a single recording also a file with its extension.")
  var output: String

  @Option(help: "Recordings that are converted at a time. Default: one a core. The files do not depend on it.")
  var threads: Int?

  @Option(help: "Studio's list of samples as JSON: labels and order. Default: samples.json in the dataset.")
  var samples: String?

  @Option(
    help: """
      Deal out recordings that no label file and no folder puts into training or testing: md5, by the file's bytes, \
      about 80 to 20. Default: they are training.
      """)
  var split: CategorySplit?

  @Flag(help: "Leave out recordings that cannot be converted, list them at the end and exit with 65.")
  var keepGoing = false

  @Flag(help: "Replace files that exist.")
  var overwrite = false

  @Flag(help: "Print no progress, no summary and no notes.")
  var quiet = false

  @OptionGroup var files: ReadingFlags

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output must not be empty.") }
    if input.isEmpty { throw ValidationError("Missing expected argument '<input> ...'") }
    try ThreadLimit.check(threads)
    if input.count > 1, let folder = input.first(where: Self.isFolder) {
      throw ValidationError("\(folder) is a folder: convert one dataset folder at a time, or single recordings.")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = ObjCBool(false)
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The conversion, and what of the dataset it leaves out.
  private func plan() throws -> (conversion: DatasetConversion, faults: [DatasetProblem]) {
    let reading = try files.reading
    guard input.count == 1, Self.isFolder(input[0]) else {
      let conversion = try DatasetConversion(
        files: input, reading: reading, format: to, to: output, overwrites: overwrite)
      return (conversion, [])
    }
    var dataset = try? Dataset.scan(path: input[0], samplesFile: samples, reading: reading, split: split)
    // Where nothing is left, what is wrong is all there is to say.
    if !keepGoing || dataset?.entries.isEmpty != false {
      dataset = try .open(path: input[0], samplesFile: samples, reading: reading, split: split)
    }
    guard let dataset, !dataset.entries.isEmpty else {
      throw DatasetErrors(DatasetError(file: input[0], expected: "recordings", found: "none at all", kind: .missing))
    }
    let conversion = try DatasetConversion(dataset, format: to, to: output, overwrites: overwrite)
    return (conversion, dataset.problems.filter { $0.severity == .error })
  }

  func run() throws {
    let started = DispatchTime.now().uptimeNanoseconds
    let (conversion, faults) = try plan()
    let display = quiet ? nil : DatasetProgress("converted")
    let report: DatasetConversion.Report
    do {
      let interruption = Interruption(
        overwrite ? "interrupted; files that have been written stay" : "interrupted; nothing was written")
      defer { withExtendedLifetime(interruption) {} }
      report = try conversion.run(
        threads: threads ?? Machine.usableProcessors, keepsGoing: keepGoing
      ) { display?.show($0, of: conversion.count) }
      display?.finish()
    } catch {
      display?.finish()
      throw error
    }
    if !quiet {
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
      for (part, count) in report.leftOut {
        Terminal.writeError(
          "note: \(to.rawValue) has no place for \(part): left out in \(Quantity.grouped(count)) "
            + "recording\(count == 1 ? "" : "s")\n")
      }
      try Terminal.write(
        "\(Quantity.grouped(report.recordings)) recording\(report.recordings == 1 ? "" : "s"), "
          + "\(Quantity.grouped(report.rows)) rows written as \(to.rawValue) in \(Quantity.duration(seconds))\n")
    }
    let skipped = report.failures.map(\.description) + faults.map { "\($0.file): \($0.message)" }
    for line in skipped { Terminal.writeError("skipped: \(Terminal.line(line))\n") }
    if !skipped.isEmpty { throw ExitCode(Failure.Code.badData) }
  }
}
