/// Which recordings a list holds; every field that is nil does not filter.
public struct SampleFilter: Sendable {
  /// Labels, any of which fits.
  public var labels: [String]?
  /// Part of the name. Studio looks for it anywhere in the name.
  public var fileName: String?
  /// Longest duration, in milliseconds.
  public var maxLength: Int?
  /// Shortest duration, in milliseconds.
  public var minLength: Int?
  /// Lowest rate, in hertz.
  public var minFrequency: Double?
  /// Highest rate, in hertz.
  public var maxFrequency: Double?
  /// `both`, `valid` or `invalid`.
  public var signatureValidity: String?
  /// `both`, `enabled` or `disabled`.
  public var includeDisabled: String?
  /// Smallest numeric label.
  public var minLabel: Double?
  /// Largest numeric label.
  public var maxLabel: Double?
  /// Text to look for.
  public var search: String?
  /// Kind of data.
  public var dataType: String?
  /// Smallest id.
  public var minID: Int?
  /// Largest id.
  public var maxID: Int?
  /// Metadata, as JSON.
  public var metadata: String?
  /// First moment of creation.
  public var minDate: Timestamp?
  /// Last moment of creation.
  public var maxDate: Timestamp?
  /// Dataset version.
  public var datasetVersion: Int?

  /// A filter that lets everything through.
  public init() {}

  /// A filter by label or name.
  public init(labels: [String]? = nil, fileName: String? = nil) {
    self.labels = labels
    self.fileName = fileName
  }

  /// The query, in the order of the interface.
  func query() throws(StudioError) -> [(name: String, value: String)] {
    let items: KeyValuePairs<String, (any QueryValue)?> = [
      "labels": try labelText(), "filename": fileName, "maxLength": maxLength, "minLength": minLength,
      "minFrequency": minFrequency, "maxFrequency": maxFrequency, "signatureValidity": signatureValidity,
      "includeDisabled": includeDisabled, "minLabel": minLabel, "maxLabel": maxLabel, "search": search,
      "dataType": dataType, "minId": minID, "maxId": maxID, "metadata": metadata, "minDate": minDate,
      "maxDate": maxDate, "datasetVersionId": datasetVersion,
    ]
    return items.compactMap { item in item.value.map { (item.key, $0.queryText) } }
  }

  /// Labels travel as a JSON list.
  private func labelText() throws(StudioError) -> String? {
    guard let labels else { return nil }
    do {
      return String(decoding: try StudioJSON.encode(labels), as: UTF8.self)
    } catch {
      throw StudioError(.invalidRequest, "the labels cannot be written as JSON")
    }
  }
}
