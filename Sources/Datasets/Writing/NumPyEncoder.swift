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

  func finish() throws {
    do { try writer.finish() } catch { throw OutputError(error, path: target.shown) }
    let sidecar = target.shown.dropLast(".npy".count) + ".json"
    try ReplacedFile(path: String(sidecar)).write(Self.description(target))
  }

  /// What the array leaves out.
  private static func description(_ target: RecordingTarget) -> String {
    let header = target.header
    let axes = header.sensors.map {
      "{\"name\": \(JSONWords.quoted($0.name)), \"units\": \(JSONWords.quoted($0.units))}"
    }
    var fields = [
      "\"axes\": [\(axes.joined(separator: ", "))]", "\"interval_ms\": \(JSONWords.number(header.intervalMs))",
    ]
    switch target.label {
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
