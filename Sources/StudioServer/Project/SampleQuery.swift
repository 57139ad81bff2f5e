import Datasets
import Foundation
import StudioAPI

/// The filters of Studio's sample list.
struct SampleQuery: Sendable {
  private var category: Datasets.Category?
  private var labels: Set<String>?
  private var filename: String?
  private var search: String?
  /// The last is not included, as Studio has it.
  private var ids: Range<Int> = 0 ..< .max
  private var lengths: ClosedRange<Double>?
  private var frequencies: ClosedRange<Double>?
  private var numericLabels: Range<Double>?
  private var dates: ClosedRange<Date>?
  private var metadata: MetadataFilter?
  /// Nil for both.
  private var isDisabled: Bool?
  private var signatureValidity = "both"
  private var dataType: String?
  private var matchesNothing = false

  /// Reads the query of a call.
  ///
  /// - Throws: `Refusal` for values that are none, and for categories that Studio does not know.
  init(_ call: Call) throws(Refusal) {
    if let text = call.query("category"), text != "all" {
      guard let category = Datasets.Category(rawValue: text) else { throw Refusal("Unknown category \"\(text)\"") }
      self.category = category
    }
    if let text = call.query("labels") {
      guard let list = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
        throw Refusal("labels must be a JSON list of texts")
      }
      labels = list.isEmpty ? nil : Set(list)
    }
    filename = call.query("filename")
    search = call.query("search")?.lowercased()
    dataType = call.query("dataType")
    signatureValidity = call.query("signatureValidity") ?? "both"
    let (lowest, highest) = (try call.integer("minId") ?? 0, try call.integer("maxId") ?? .max)
    if lowest <= highest { ids = lowest..<highest } else { matchesNothing = true }
    lengths = try range(call, "minLength", "maxLength")
    frequencies = try range(call, "minFrequency", "maxFrequency")
    numericLabels = try range(call, "minLabel", "maxLabel").map { $0.lowerBound..<$0.upperBound }
    try readDates(call)
    switch call.query("includeDisabled")?.lowercased() {
    case nil, "both", "true": isDisabled = nil
    case "enabled", "false": isDisabled = false
    case "disabled": isDisabled = true
    case let other?: throw Refusal("includeDisabled must be both, enabled or disabled, not \"\(other)\"")
    }
    if let text = call.query("metadata") {
      guard let filter = try? JSONDecoder().decode(MetadataFilter.self, from: Data(text.utf8)) else {
        throw Refusal("metadata must be a JSON list of filters: key, op (eq or neq) and values")
      }
      metadata = filter
    }
  }

  private mutating func range(
    _ call: Call, _ lowest: String, _ highest: String
  ) throws(Refusal) -> ClosedRange<Double>? {
    let (low, high) = (try call.number(lowest), try call.number(highest))
    if low == nil && high == nil { return nil }
    let range = (low ?? -.infinity, high ?? .infinity)
    if range.0 > range.1 {
      matchesNothing = true
      return nil
    }
    return range.0...range.1
  }

  private mutating func readDates(_ call: Call) throws(Refusal) {
    let (low, high) = (try call.date("minDate") ?? .distantPast, try call.date("maxDate") ?? .distantFuture)
    if low > high { matchesNothing = true } else { dates = low...high }
  }

  /// Whether the filter looks at what only reading a recording tells.
  var needsFacts: Bool { lengths != nil || frequencies != nil || dataType != nil }

  /// Whether a recording passes, as far as its entry tells.
  func includes(_ entry: DatasetEntry) -> Bool {
    if matchesNothing || !ids.contains(entry.sampleID) || signatureValidity == "valid" { return false }
    if let category, entry.category != category { return false }
    if let filename, !entry.name.contains(filename) { return false }
    if let search, !entry.name.lowercased().contains(search), !entry.labelTexts.contains(where: search.isPart(of:)) {
      return false
    }
    if let labels, labels.isDisjoint(with: entry.labelTexts.isEmpty ? [""] : entry.labelTexts) { return false }
    if let numericLabels {
      guard let number = entry.labelTexts.first.flatMap(Double.init), numericLabels.contains(number) else {
        return false
      }
    }
    if let dates, dates != .distantPast ... .distantFuture {
      guard let date = FileIdentity(path: entry.filePath)?.modified, dates.contains(date) else { return false }
    }
    return metadata?.includes(entry.metadata) ?? true
  }

  /// Whether a recording passes, by whether it is disabled.
  func includes(isDisabled: Bool) -> Bool { self.isDisabled.map { $0 == isDisabled } ?? true }

  /// Whether a recording passes that has been read.
  func includes(_ description: SampleDescription) -> Bool {
    if let lengths, !lengths.contains(description.lengthMs) { return false }
    let sample = description.sample
    if let frequencies, !frequencies.contains(sample.frequency) { return false }
    guard let dataType else { return true }
    let isAudio = description.sensors.first?.name == "audio"
    switch dataType {
    case "image": return sample.chartType == "image"
    case "audio": return isAudio
    case "time-series", "accelerometer": return sample.chartType == "chart" && !isAudio
    case "features": return sample.chartType == "table"
    default: return false
    }
  }
}

extension DatasetEntry {
  /// All labels of the recording, in the order of its rows.
  var labelTexts: [String] {
    switch label {
    case .unlabeled: []
    case .single(let label): [label]
    case .multi(let spans): spans.map(\.label)
    }
  }
}

extension String {
  /// Whether a text holds this one, whatever its case.
  fileprivate func isPart(of text: String) -> Bool { text.lowercased().contains(self) }
}
