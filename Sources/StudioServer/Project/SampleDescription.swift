import Datasets
import Foundation
import StudioAPI

/// A recording as Studio describes it: a `Sample`.
struct SampleDescription: Sendable {
  let entry: DatasetEntry
  let finding: RecordingShelf.Finding
  let projectID: Int
  let projectName: String
  let isDisabled: Bool

  init(
    _ entry: DatasetEntry, _ finding: RecordingShelf.Finding, project: LocalProject, isDisabled: Bool = false
  ) {
    self.entry = entry
    self.finding = finding
    projectID = project.id
    projectName = project.name
    self.isDisabled = isDisabled
  }

  /// Nil for a recording that cannot be read.
  var facts: RecordingFacts? {
    if case .sound(let facts) = finding { facts } else { nil }
  }

  /// A single row has no time either: Studio calls it a table.
  private var hasTime: Bool { facts.map { $0.header.imageSize == nil && $0.rows > 1 } ?? false }
  private var intervalMs: Double { hasTime ? facts?.header.intervalMs ?? 0 : 0 }
  private var frequency: Double { hasTime ? facts?.header.frequencyHz ?? 0 : 0 }

  /// The model.
  var sample: Studio.Sample {
    let identity = FileIdentity(path: entry.filePath)
    let date = Timestamp(identity?.modified ?? Date(timeIntervalSince1970: 0))
    let header = facts?.header
    var problem: String?
    if case .damaged(let reason) = finding { problem = reason }
    return Studio.Sample(
      id: entry.sampleID, filename: entry.name, signatureValidate: false, created: date, lastModified: date,
      category: .init(rawValue: entry.category.rawValue), coldstorageFilename: storedName, label: label,
      intervalMs: intervalMs, frequency: frequency, originalIntervalMs: intervalMs, originalFrequency: frequency,
      deviceName: header?.deviceName, deviceType: header?.deviceType ?? "UNKNOWN", sensors: sensors,
      valuesCount: facts?.rows ?? 0, totalLengthMs: lengthMs, added: date,
      boundingBoxes: entry.boundingBoxes.map(Studio.BoundingBox.init), boundingBoxesType: "object_detection",
      chartType: chartType, isDisabled: isDisabled, isProcessing: false, processingError: problem != nil,
      processingErrorString: problem, isCropped: false, metadata: entry.metadata, projectId: projectID,
      projectOwnerName: LocalProject.owner, projectName: projectName, projectLabelingMethod: .single_label,
      sha256Hash: facts?.fingerprint ?? "", structuredLabels: structuredLabels,
      structuredLabelsList: structuredLabels.map { labels in Array(Set(labels.map(\.label))).sorted() },
      imageDimensions: dimensions,
      datastreams: [
        Studio.SampleDatastream(
          index: 0, chartType: chartType, intervalMs: intervalMs, frequencyHz: frequency, sensors: sensors,
          valuesCount: facts?.rows ?? 0, imageDimensions: dimensions, totalLengthMs: lengthMs)
      ])
  }

  /// Milliseconds; 0 for what has no time.
  var lengthMs: Double { intervalMs * Double(facts?.rows ?? 0) }

  /// The columns.
  var sensors: [Studio.Sensor] {
    (facts?.header.sensors ?? []).enumerated().map {
      Studio.Sensor(index: $0, name: $1.name, units: $1.units)
    }
  }

  /// Empty for none and for several.
  var label: String {
    if case .single(let label) = entry.label { label } else { "" }
  }

  private var structuredLabels: [Studio.StructuredLabel]? {
    guard case .multi(let spans) = entry.label else { return nil }
    return spans.map { Studio.StructuredLabel(startIndex: $0.start, endIndex: $0.end, label: $0.label) }
  }

  private var dimensions: Studio.SampleDatastreamImageDimensions? {
    facts?.header.imageSize.map { Studio.SampleDatastreamImageDimensions(width: $0.width, height: $0.height) }
  }

  private var chartType: String {
    if facts?.header.imageSize != nil { return "image" }
    return facts.map { $0.rows == 1 } ?? false ? "table" : "chart"
  }

  /// Clients take the name of a download from it: what is left without the last three parts. That is the recording's
  /// name, which may have changed, with the ending of its file.
  private var storedName: String {
    let path = RecordingName.fileName(path: entry.path)
    let dot = path.utf8.lastIndex(of: UInt8(ascii: "."))
    let ending = dot.map { String(path[path.index(after: $0)...]) } ?? "bin"
    let isRenamed = RecordingName.stem(fileName: path) != entry.name
    let file = isRenamed ? "\(String(entry.name.map { $0 == "/" ? "_" : $0 })).\(ending)" : path
    let hash = (facts?.fingerprint ?? "").prefix(12)
    return "\(projectID)/\(entry.category.rawValue)/\(file).\(hash.isEmpty ? "0" : hash).edgedsp.\(ending)"
  }
}

extension Studio.BoundingBox {
  /// Studio counts whole pixels.
  init(_ box: Datasets.BoundingBox) {
    func whole(_ value: Double) -> Int { Int(exactly: value.rounded()) ?? 0 }
    self.init(label: box.label, x: whole(box.x), y: whole(box.y), width: whole(box.width), height: whole(box.height))
  }
}
