import OutputFiles

/// The acquisition format as CBOR, as devices stream it: rows in a list of open length.
///
/// Each number takes the shortest form that holds it exactly. Source: RFC 8949, section 3.
final class CBOREncoder: RecordingEncoder {
  private let file: BufferedFile
  private let width: Int
  private var bytes: [UInt8] = []
  private let device: RecordingHeader

  init(_ target: RecordingTarget) throws {
    let header = target.header
    device = header
    width = header.sensors.count
    file = try BufferedFile(path: target.temporary, shown: target.shown)
    var bytes = Self.head(5, 3)
    bytes += Self.text("protected") + Self.head(5, 2)
    bytes += Self.text("ver") + Self.text("v1") + Self.text("alg") + Self.text("none")
    bytes += Self.text("signature") + Self.text(AcquisitionWords.noSignature)
    // A map of open length: the device may come after the rows.
    bytes += Self.text("payload") + [0xBF]
    bytes += Self.device(header.deviceName, header.deviceType)
    bytes += Self.text("interval_ms") + Self.number(header.intervalMs)
    bytes += Self.text("sensors") + Self.head(4, header.sensors.count)
    for sensor in header.sensors {
      bytes += Self.head(5, 2) + Self.text("name") + Self.text(sensor.name)
      bytes += Self.text("units") + Self.text(sensor.units)
    }
    bytes += Self.text("values") + [0x9F]
    try file.append(bytes)
  }

  func append(_ rows: UnsafeBufferPointer<Double>) throws {
    bytes.removeAll(keepingCapacity: true)
    for row in stride(from: 0, to: rows.count, by: width) {
      if width > 1 { Self.appendHead(4, UInt64(width), to: &bytes) }
      for axis in 0..<width { Self.append(rows[row + axis], to: &bytes) }
    }
    try file.append(bytes)
  }

  func finish(_ header: RecordingHeader) throws {
    let name = device.deviceName == nil ? header.deviceName : nil
    let type = device.deviceType == nil ? header.deviceType ?? AcquisitionWords.deviceType : nil
    try file.append([0xFF] + Self.device(name, type) + [0xFF])
    try file.finish()
  }

  private static func device(_ name: String?, _ type: String?) -> [UInt8] {
    (name.map { text("device_name") + text($0) } ?? []) + (type.map { text("device_type") + text($0) } ?? [])
  }

  private static func text(_ text: String) -> [UInt8] { head(3, text.utf8.count) + Array(text.utf8) }

  private static func number(_ value: Double) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return bytes
  }

  /// Major type and argument of an item.
  private static func head(_ type: UInt8, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    appendHead(type, UInt64(count), to: &bytes)
    return bytes
  }

  private static func appendHead(_ type: UInt8, _ count: UInt64, to bytes: inout [UInt8]) {
    switch count {
    case 0..<24: bytes.append(type << 5 | UInt8(count))
    case 24..<1 << 8: appendBigEndian(type << 5 | 24, UInt8(count), to: &bytes)
    case 1 << 8..<1 << 16: appendBigEndian(type << 5 | 25, UInt16(count), to: &bytes)
    case 1 << 16..<1 << 32: appendBigEndian(type << 5 | 26, UInt32(count), to: &bytes)
    default: appendBigEndian(type << 5 | 27, count, to: &bytes)
    }
  }

  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    // Minus zero is no integer.
    if abs(value) < 65_536, let whole = Int64(exactly: value), whole != 0 || value.sign == .plus {
      return appendHead(whole < 0 ? 1 : 0, UInt64(whole < 0 ? -1 - whole : whole), to: &bytes)
    }
    if Double(Float16(value)) == value {
      appendBigEndian(0xF9, Float16(value).bitPattern, to: &bytes)
    } else if Double(Float(value)) == value {
      appendBigEndian(0xFA, Float(value).bitPattern, to: &bytes)
    } else {
      appendBigEndian(0xFB, value.bitPattern, to: &bytes)
    }
  }

  private static func appendBigEndian(_ head: UInt8, _ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    bytes.append(head)
    withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
  }
}
