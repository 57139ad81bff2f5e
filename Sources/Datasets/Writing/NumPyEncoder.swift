import Foundation
import NumPyFiles
import OutputFiles

/// A NumPy array, rows × axes, float64. The rest is in a JSON file beside it, see ``NumPySidecar``.
final class NumPyEncoder: RecordingEncoder {
  private let writer: NumPyWriter
  private let target: RecordingTarget

  init(_ target: RecordingTarget) throws {
    self.target = target
    do {
      writer = try NumPyWriter(
        path: target.temporary, element: .float64, columns: target.header.sensors.count)
    } catch {
      throw OutputError(error, path: target.shown)
    }
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    do { try writer.append(UnsafeRawBufferPointer(rows)) } catch { throw OutputError(error, path: target.shown) }
  }

  /// The description is put in place first, and an old array goes before that: whatever happens in between, no array
  /// stands beside the description of another.
  func finish(_ header: RecordingHeader) throws {
    do { try writer.finish() } catch { throw OutputError(error, path: target.shown) }
    let text = Data(Self.description(header, target.label).utf8)
    let sidecar = NumPySidecar.path(besides: target.shown)
    try ReplacedFile(path: sidecar, sync: target.sync).write { temporary in
      try SyncedFile.create(temporary, shown: sidecar, contents: text)
      unlink(target.shown)
    }
  }

  /// What the array leaves out.
  private static func description(_ header: RecordingHeader, _ label: RecordingLabel) -> String {
    let axes = header.sensors.map {
      "{\"name\": \(JSONWords.quoted($0.name)), \"units\": \(JSONWords.quoted($0.units))}"
    }
    var fields = [
      "\"axes\": [\(axes.joined(separator: ", "))]", "\"interval_ms\": \(JSONWords.number(header.intervalMs))",
    ]
    switch label {
    case .unlabeled: break
    case .single(let label): fields.append("\"label\": \(JSONWords.quoted(label))")
    case .multi(let spans): fields.append("\"labels\": [\(spans.map(\.json).joined(separator: ", "))]")
    }
    if let name = header.deviceName { fields.append("\"device_name\": \(JSONWords.quoted(name))") }
    if let type = header.deviceType { fields.append("\"device_type\": \(JSONWords.quoted(type))") }
    return "{\n  " + fields.joined(separator: ",\n  ") + "\n}\n"
  }
}

extension LabelSpan {
  /// As label files have it.
  var json: String { "{\"startIndex\": \(start), \"endIndex\": \(end), \"label\": \(JSONWords.quoted(label))}" }
}
