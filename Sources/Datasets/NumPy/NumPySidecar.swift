/// What a NumPy array does not say about itself: `NAME.json` beside `NAME.npy`.
///
/// ```json
/// {"axes": [{"name": "accX", "units": "m/s2"}, "accY"], "frequency": 62.5, "label": "wave"}
/// ```
///
/// `axes` names each column, in units of `N/A` where it is only a name. The rate is `frequency` in Hz or `interval_ms`.
/// `label` or `labels` (`[{"startIndex", "endIndex", "label"}]`, as in Studio's label files), `device_name` and
/// `device_type` may be left out. Other keys are refused, so that a slip of the pen does not go unseen.
struct NumPySidecar {
  /// Larger than any list of labels that belongs to one recording.
  static let sizeLimit = 16 << 20

  let header: RecordingHeader
  let label: RecordingLabel?
  /// All bytes of the file.
  let bytes: [UInt8]

  /// The path of the sidecar of the array at `path`: `.json` in place of `.npy`, or behind a name without it.
  static func path(besides path: String) -> String {
    let isPlain = path.utf8.count > 4 && path.lowercased().utf8.suffix(4).elementsEqual(".npy".utf8)
    return (isPlain ? String(decoding: path.utf8.dropLast(4), as: UTF8.self) : path) + ".json"
  }

  /// Reads the sidecar of the array at `path`, which errors name `file`.
  init(besides path: String, file: String, width: Int, rowCount: Int) throws(DatasetError) {
    let name = Self.path(besides: file)
    let json: JSONFile
    do throws(DatasetError) {
      json = try JSONFile(path: Self.path(besides: path), name: name, sizeLimit: Self.sizeLimit)
    } catch {
      guard error.kind == .missing else { throw error }
      throw DatasetError(
        file: file, expected: "\(DatasetError.quoted(name)) beside it, such as \(Self.example(width))",
        found: error.found, kind: .missing)
    }
    bytes = json.rawBytes
    let content = try json.decode(Content.self)
    if let key = content.unknownKey {
      throw DatasetError(
        file: name, position: .entry(key),
        expected: "only the keys \(Content.CodingKeys.allCases.map(\.rawValue).joined(separator: ", "))",
        found: "another key")
    }
    header = RecordingHeader(
      sensors: try content.sensors(width: width, file: name), intervalMs: try content.interval(file: name),
      deviceName: content.deviceName, deviceType: content.deviceType)
    label = try content.ownLabel(rowCount: rowCount, file: name)
  }

  /// A sidecar for an array of `width` axes, at most three of them written out.
  private static func example(_ width: Int) -> String {
    let names = (1...max(1, min(width, 3))).map { "\"axis\($0)\"" } + (width > 3 ? ["…"] : [])
    return "{\"axes\": [\(names.joined(separator: ", "))], \"frequency\": 62.5, \"label\": \"wave\"}"
  }
}

// MARK: The document as it is written

private struct Content: Decodable {
  let axes: [Axis]
  let frequency: Double?
  let interval: Double?
  let label: String?
  let labels: [ListedSpan]?
  let deviceName: String?
  let deviceType: String?
  let unknownKey: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case axes, frequency
    case interval = "interval_ms"
    case label, labels
    case deviceName = "device_name"
    case deviceType = "device_type"
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    axes = try values.decode([Axis].self, forKey: .axes)
    frequency = try values.decodeIfPresent(Double.self, forKey: .frequency)
    interval = try values.decodeIfPresent(Double.self, forKey: .interval)
    label = try values.decodeIfPresent(String.self, forKey: .label)
    labels = try values.decodeIfPresent([ListedSpan].self, forKey: .labels)
    deviceName = try values.decodeIfPresent(String.self, forKey: .deviceName)
    deviceType = try values.decodeIfPresent(String.self, forKey: .deviceType)
    let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
    unknownKey = keys.filter { CodingKeys(rawValue: $0) == nil }.min()
  }

  func sensors(width: Int, file: String) throws(DatasetError) -> [Sensor] {
    guard axes.count == width else {
      throw DatasetError(
        file: file, position: .entry("axes"), expected: "\(width) axes, as the array has columns",
        found: "\(axes.count)")
    }
    var names = Set<ByteKey>()
    for (index, axis) in axes.enumerated() {
      guard !axis.name.isEmpty, names.insert(ByteKey(axis.name)).inserted else {
        throw DatasetError(
          file: file, position: .entry("axes[\(index)]"), expected: "a name of its own",
          found: DatasetError.quoted(axis.name))
      }
    }
    return axes.map { Sensor(name: $0.name, units: $0.units) }
  }

  /// Time between two rows in milliseconds.
  func interval(file: String) throws(DatasetError) -> Double {
    let milliseconds: Double
    switch (frequency, interval) {
    case (let rate?, nil): milliseconds = 1000 / rate
    case (nil, let given?): milliseconds = given
    case (nil, nil):
      throw DatasetError(
        file: file, expected: "the key \"frequency\" (Hz) or \"interval_ms\"", found: "neither", kind: .missing)
    case (.some, .some):
      throw DatasetError(
        file: file, position: .entry("interval_ms"), expected: "frequency or interval_ms", found: "both")
    }
    guard milliseconds.isFinite, milliseconds > 0, (1000 / milliseconds).isFinite else {
      throw DatasetError(
        file: file, position: .entry(frequency == nil ? "interval_ms" : "frequency"),
        expected: "a number above 0", found: "\(frequency ?? milliseconds)")
    }
    return milliseconds
  }

  func ownLabel(rowCount: Int, file: String) throws(DatasetError) -> RecordingLabel? {
    guard let labels else { return label.map { RecordingLabel(listed: $0) } }
    if label != nil {
      throw DatasetError(file: file, position: .entry("labels"), expected: "label or labels", found: "both")
    }
    if let index = labels.firstIndex(where: { $0.endIndex >= rowCount }) {
      throw DatasetError(
        file: file, position: .entry("labels[\(index)]"), expected: "an endIndex below \(rowCount), the number of rows",
        found: "\(labels[index].endIndex)")
    }
    return try ListedSpan.label(labels, file: file) { .entry("labels[\($0)]") }
  }
}

/// An axis: its name, or an object with name and units.
private struct Axis: Decodable {
  let name: String
  let units: String

  private enum CodingKeys: CodingKey { case name, units }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      self.name = name
      units = "N/A"
      return
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    units = try values.decodeIfPresent(String.self, forKey: .units) ?? "N/A"
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
