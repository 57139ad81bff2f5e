import OutputFiles

/// The acquisition format as JSON. Numbers are the shortest texts that read back as the same doubles.
final class JSONEncoder: RecordingEncoder {
  private let file: BufferedFile
  private let width: Int
  private var isFirst = true
  private var bytes: [UInt8] = []
  private let device: RecordingHeader

  init(_ target: RecordingTarget) throws {
    let header = target.header
    device = header
    width = header.sensors.count
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    var fields = Self.device(header.deviceName, header.deviceType)
    fields.append("\"interval_ms\":\(JSONWords.number(header.intervalMs))")
    let sensors = header.sensors.map {
      "{\"name\":\(JSONWords.quoted($0.name)),\"units\":\(JSONWords.quoted($0.units))}"
    }
    fields.append("\"sensors\":[\(sensors.joined(separator: ","))]")
    try file.append(
      ("{\"protected\":{\"ver\":\"v1\",\"alg\":\"none\"},\"signature\":\"\(AcquisitionWords.noSignature)\",\n\"payload\":{"
        + fields.joined(separator: ",") + ",\n\"values\":[").utf8)
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    bytes.removeAll(keepingCapacity: true)
    for row in stride(from: 0, to: rows.count, by: width) {
      bytes += isFirst ? "\n".utf8 : ",\n".utf8
      isFirst = false
      if width > 1 { bytes.append(UInt8(ascii: "[")) }
      for axis in 0..<width {
        if axis > 0 { bytes.append(UInt8(ascii: ",")) }
        NumberText.append(rows[row + axis], to: &bytes)
      }
      if width > 1 { bytes.append(UInt8(ascii: "]")) }
    }
    try file.append(bytes)
  }

  func finish(_ header: RecordingHeader) throws {
    // The device may come after the rows.
    let name = device.deviceName == nil ? header.deviceName : nil
    let type = device.deviceType == nil ? header.deviceType ?? AcquisitionWords.deviceType : nil
    let fields = Self.device(name, type).map { ",\n" + $0 }.joined()
    try file.append("\n]\(fields)}}\n".utf8)
    try file.finish()
  }

  private static func device(_ name: String?, _ type: String?) -> [String] {
    [("device_name", name), ("device_type", type)].compactMap { key, value in
      value.map { "\"\(key)\":\(JSONWords.quoted($0))" }
    }
  }
}

/// What stands in acquisition files for what is not known.
enum AcquisitionWords {
  /// In place of a signature.
  static let noSignature = String(repeating: "0", count: 64)
  /// In place of a device's type, which the format asks for.
  static let deviceType = "EDGEDSP"
}
