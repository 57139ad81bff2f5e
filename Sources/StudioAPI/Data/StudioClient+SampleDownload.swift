import Datasets
import Foundation
import OutputFiles

/// A recording that was downloaded.
public struct DownloadedSample: Sendable {
  /// Its id.
  public var id: Int
  /// Where its data is.
  public var path: String
  /// What Studio calls it.
  public var info: SampleInfo
}

/// What became of a download, in the order of the ids.
public struct SampleDownloadReport: Sendable {
  /// Recordings that are in place.
  public var downloads: [DownloadedSample] = []
  /// Ids of those that are not, and why. An id without a recording is of kind `refused` or `notFound`.
  public var failures: [(id: Int, error: StudioError)] = []
}

extension StudioClient {
  /// Downloads recordings into a folder, several at a time.
  ///
  /// Time series become JSON acquisitions at their own rate, pictures, videos and audio files of their kind, tables of
  /// features CSV. Files have the names of the recordings; a repeated name gets the id. Files that are there are
  /// replaced.
  ///
  /// - Parameters:
  ///   - folder: Must exist.
  ///   - workers: Recordings under way at a time. Default 8.
  ///   - progress: Hears how many are done.
  public func downloadSamples(
    project: Int, ids: [Int], to folder: String, workers: Int = 8,
    progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
  ) async -> SampleDownloadReport {
    let names = SampleNames()
    let results = await BoundedTasks.run(ids, workers: workers, progress: progress) {
      id -> Result<DownloadedSample, StudioError> in
      do throws(StudioError) {
        return .success(try await self.downloadSample(project, id, folder, names))
      } catch {
        return .failure(error)
      }
    }
    var report = SampleDownloadReport()
    for (id, result) in zip(ids, results) {
      switch result {
      case .success(let download): report.downloads.append(download)
      case .failure(let error): report.failures.append((id, error))
      }
    }
    return report
  }

  private func downloadSample(
    _ project: Int, _ id: Int, _ folder: String, _ names: SampleNames
  ) async throws(StudioError) -> DownloadedSample {
    let answer = try await run(Endpoint<SampleContent>(.get, "/api/\(project)/raw-data/\(id)"))
    let kind = SampleKind(answer)
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    let name = await names.claim(kind.fileName(answer.sample), id: id)
    var path = folder + name
    switch kind {
    case .image:
      let file = try await downloadImage(project: project, sample: id, to: path)
      if let end = kind.otherExtension(of: name, type: file.contentType) {
        let other = await names.claim(kind.stem(name) + end, id: id)
        guard rename(path, folder + other) == 0 else {
          throw StudioError(.file, "\(folder + other): cannot put in place: \(String(cString: strerror(errno)))")
        }
        path = folder + other
      }
    case .video: try await downloadVideo(project: project, sample: id, to: path)
    case .audio: try await downloadAudio(project: project, sample: id, to: path)
    case .series, .table:
      let data = try kind.document(answer)
      do throws(OutputError) {
        try ReplacedFile(path: path).write(Array(data))
      } catch {
        throw StudioError(.file, error.description)
      }
    }
    let sample = answer.sample
    return DownloadedSample(
      id: id, path: path,
      info: SampleInfo(id: id, fileName: sample.filename, category: sample.category, label: sample.label ?? ""))
  }
}

/// Names of files in one download: no two are the same.
private actor SampleNames {
  private var taken: Set<String> = []

  func claim(_ name: String, id: Int) -> String {
    if taken.insert(name.lowercased()).inserted { return name }
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let unique = "\(name[..<dot]).\(id)\(name[dot...])"
    taken.insert(unique.lowercased())
    return unique
  }
}

/// What a recording is made of.
enum SampleKind {
  case image, video, audio, series, table

  init(_ answer: SampleContent) {
    let sensor = answer.payload.sensors.first
    switch (sensor?.name, sensor?.units) {
    case ("image", _): self = .image
    case ("video", _): self = .video
    // A file of sound holds one axis here; values hold all.
    case ("audio", "wav") where answer.payload.sensors.count == 1: self = .audio
    default: self = answer.sample.originalIntervalMs ?? 0 > 0 ? .series : .table
    }
  }

  /// The name of the recording, with the ending that it was uploaded with where that can be told; never a path.
  func fileName(_ sample: SampleContent.Sample) -> String {
    // The name in the storage ends in hash, node and extension.
    let stored = RecordingName.fileName(path: sample.coldstorageFilename ?? "")
    let parts = stored.split(separator: ".", omittingEmptySubsequences: false)
    var name = parts.count > 3 ? parts.dropLast(3).joined(separator: ".") : sample.filename
    // The storage keeps the first name of a recording that has got another since.
    if name != sample.filename, RecordingName.stem(fileName: name) != sample.filename, !sample.filename.isEmpty {
      name = sample.filename + name.dropFirst(stem(name).count)
    }
    name = String(name.map { $0 == "/" || $0 == "\0" ? "_" : $0 })
    // Readers go by the end of the name, and a name such as `wave.01` ends in none that they know.
    if stem(name) == name || extensions.count == 1 { name = stem(name) + extensions[0] }
    // Such names would be hidden, or lead out of the folder.
    return name.hasPrefix(".")
      ? "sample-\(sample.id)\(name.drop { $0 == "." }.isEmpty ? "" : ".\(name.drop { $0 == "." })")" : name
  }

  /// Ends of names of this kind; the first where a name has none of them. Values come in one form alone, whatever they
  /// were uploaded in.
  private var extensions: [String] {
    switch self {
    case .series: [".json"]
    case .table: [".csv"]
    case .audio: [".wav"]
    case .image: [".jpg", ".jpeg", ".png"]
    case .video: [".mp4", ".avi"]
    }
  }

  /// Ends that a name loses before it gets that of its kind.
  private var oldExtensions: [String] {
    switch self {
    case .series, .table: [".json", ".cbor", ".csv", ".npy"]
    default: extensions
    }
  }

  func stem(_ name: String) -> String {
    let end = oldExtensions.first { name.lowercased().hasSuffix($0) }
    return String(name.dropLast(end?.count ?? 0))
  }

  /// The end that a picture's name should have, where it has another.
  func otherExtension(of name: String, type: String?) -> String? {
    let ends = ["image/png": [".png"], "image/jpeg": [".jpg", ".jpeg"]]
    guard let wanted = type.flatMap({ ends[$0] }), !wanted.contains(where: { name.lowercased().hasSuffix($0) }) else {
      return nil
    }
    return wanted[0]
  }

  /// The values of a time series or a table.
  func document(_ answer: SampleContent) throws(StudioError) -> Data {
    let payload = answer.payload
    for (row, values) in payload.values.enumerated() where values.count != payload.sensors.count {
      throw StudioError(
        .invalidAnswer, "row \(row): expected \(payload.sensors.count) values, found \(values.count)")
    }
    if case .table = self {
      return Table.csv(
        header: payload.sensors.map(\.name), rows: payload.values.map { $0.map(NumberText.shortest) })
    }
    return try AcquisitionDocument.data(
      AcquisitionDocument.Payload(
        deviceType: payload.deviceType ?? "",
        sensors: payload.sensors.map { Datasets.Sensor(name: $0.name, units: $0.units ?? "N/A") },
        intervalMs: answer.sample.intervalMs, deviceName: payload.deviceName), rows: payload.values)
  }
}
