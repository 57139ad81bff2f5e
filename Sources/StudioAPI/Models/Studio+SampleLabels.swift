extension Studio {
  /// A labelled part of a picture, in pixels from its top left corner.
  public struct BoundingBox: StudioModel {
    /// Its label.
    public var label: String
    /// Left edge, in pixels.
    public var x: Int
    /// Top edge, in pixels.
    public var y: Int
    /// Width, in columns or pixels.
    public var width: Int
    /// Height, in rows or pixels.
    public var height: Int

    /// Creates the value from its fields.
    public init(label: String, x: Int, y: Int, width: Int, height: Int) {
      self.label = label
      self.x = x
      self.y = y
      self.width = width
      self.height = height
    }
  }

  /// A label for a range of rows, both ends included.
  public struct StructuredLabel: OpenModel {
    /// First row.
    public var startIndex: Int
    /// Last row, included.
    public var endIndex: Int
    /// Its label.
    public var label: String
    /// Labels by key.
    public var labelMap: SampleLabelMapLabels?
    /// Fields that have no name here, as they came; they go back with the others.
    public var otherFields: [String: JSONValue] = [:]

    /// Creates the value from its fields.
    public init(startIndex: Int, endIndex: Int, label: String, labelMap: SampleLabelMapLabels? = nil) {
      self.startIndex = startIndex
      self.endIndex = endIndex
      self.label = label
      self.labelMap = labelMap
    }
  }

  /// Labels of a recording by key.
  public indirect enum SampleLabelMapLabels: TaggedValue {
    /// Of type `key-values`.
    case keyValues(SampleKeyValueLabels)
    /// Of a type that has no name here, as it came.
    case other(JSONValue)

    static var alternatives: [String: @Sendable (any Decoder) throws -> Self] {
      [
        "key-values": { .keyValues(try SampleKeyValueLabels(from: $0)) }
      ]
    }
    static func unknown(_ value: JSONValue) -> Self { .other(value) }
    var content: any Encodable {
      switch self {
      case .keyValues(let value): value
      case .other(let value): value
      }
    }
  }

  /// Labels by key.
  public struct SampleKeyValueLabels: StudioModel {
    /// Its kind.
    public var type: String
    /// Label names.
    public var labels: [String: String]

    /// Creates the value from its fields.
    public init(type: String, labels: [String: String]) {
      self.type = type
      self.labels = labels
    }
  }

  /// Who changed a recording last.
  public indirect enum SampleLastUpdatedBy: TaggedValue {
    /// Of type `user`.
    case user(LastUpdatedByUser)
    /// Of type `projectApiKey`.
    case projectApiKey(LastUpdatedByProjectAPIKey)
    /// Of type `oauthClient`.
    case oauthClient(LastUpdatedByOAuthClient)
    /// Of type `datasetVersionRestore`.
    case datasetVersionRestore(LastUpdatedByDatasetVersionRestore)
    /// Of a type that has no name here, as it came.
    case other(JSONValue)

    static var alternatives: [String: @Sendable (any Decoder) throws -> Self] {
      [
        "user": { .user(try LastUpdatedByUser(from: $0)) },
        "projectApiKey": { .projectApiKey(try LastUpdatedByProjectAPIKey(from: $0)) },
        "oauthClient": { .oauthClient(try LastUpdatedByOAuthClient(from: $0)) },
        "datasetVersionRestore": { .datasetVersionRestore(try LastUpdatedByDatasetVersionRestore(from: $0)) },
      ]
    }
    static func unknown(_ value: JSONValue) -> Self { .other(value) }
    var content: any Encodable {
      switch self {
      case .user(let value): value
      case .projectApiKey(let value): value
      case .oauthClient(let value): value
      case .datasetVersionRestore(let value): value
      case .other(let value): value
      }
    }
  }

  /// A user.
  public struct LastUpdatedByUser: StudioModel {
    /// Its kind.
    public var type: String
    /// Its id.
    public var id: Int

    /// Creates the value from its fields.
    public init(
      type: String, id: Int
    ) {
      self.type = type
      self.id = id
    }
  }

  /// A key.
  public struct LastUpdatedByProjectAPIKey: StudioModel {
    /// Its kind.
    public var type: String
    /// Its id.
    public var id: Int

    /// Creates the value from its fields.
    public init(
      type: String, id: Int
    ) {
      self.type = type
      self.id = id
    }
  }

  /// A program that acts for a user.
  public struct LastUpdatedByOAuthClient: StudioModel {
    /// Its kind.
    public var type: String
    /// Id of the oauth client.
    public var oauthClientId: String
    /// Id of the user.
    public var userId: Int?

    /// Creates the value from its fields.
    public init(
      type: String, oauthClientId: String, userId: Int? = nil
    ) {
      self.type = type
      self.oauthClientId = oauthClientId
      self.userId = userId
    }
  }

  /// A dataset version that was restored.
  public struct LastUpdatedByDatasetVersionRestore: StudioModel {
    /// Its kind.
    public var type: String
    /// Id of the dataset version.
    public var datasetVersionId: Int
    /// Group key.
    public var groupKey: String
    /// Who restored it.
    public var actor: SampleLastUpdatedBy?

    /// Creates the value from its fields.
    public init(
      type: String, datasetVersionId: Int, groupKey: String, actor: SampleLastUpdatedBy? = nil
    ) {
      self.type = type
      self.datasetVersionId = datasetVersionId
      self.groupKey = groupKey
      self.actor = actor
    }
  }
}
