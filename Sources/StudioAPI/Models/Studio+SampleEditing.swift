extension Studio {
  /// Answer: get sample metadata.
  public struct GetSampleMetadataResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Metadata by key.
    public var metadata: [SampleMetadata]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, metadata: [SampleMetadata]
    ) {
      self.success = success
      self.error = error
      self.metadata = metadata
    }
  }

  /// The metadata of a recording.
  public struct SampleMetadata: StudioModel {
    /// Its id.
    public var id: Int
    /// Metadata by key.
    public var metadata: [String: String]

    /// Creates the value from its fields.
    public init(
      id: Int, metadata: [String: String]
    ) {
      self.id = id
      self.metadata = metadata
    }
  }

  /// Request: set sample metadata.
  public struct SetSampleMetadataRequest: StudioModel {
    /// Metadata by key.
    public var metadata: [String: String]?

    /// Creates the value from its fields.
    public init(metadata: [String: String]? = nil) {
      self.metadata = metadata
    }
  }

  /// Request: rename sample.
  public struct RenameSampleRequest: StudioModel {
    /// Its name.
    public var name: String

    /// Creates the value from its fields.
    public init(name: String) {
      self.name = name
    }
  }

  /// Request: edit sample label.
  public struct EditSampleLabelRequest: StudioModel {
    /// Its label.
    public var label: String?

    /// Creates the value from its fields.
    public init(label: String? = nil) {
      self.label = label
    }
  }

  /// Request: move raw data.
  public struct MoveRawDataRequest: StudioModel {
    /// Category to move to.
    public var newCategory: RawDataCategory

    /// Creates the value from its fields.
    public init(newCategory: RawDataCategory) {
      self.newCategory = newCategory
    }
  }

  /// Request: set sample structured labels.
  public struct SetSampleStructuredLabelsRequest: StudioModel {
    /// Labels for ranges of rows.
    public var structuredLabels: [StructuredLabel]

    /// Creates the value from its fields.
    public init(structuredLabels: [StructuredLabel]) {
      self.structuredLabels = structuredLabels
    }
  }
}
