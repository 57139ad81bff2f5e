extension Studio {
  /// Whether a call did what it was asked to.
  public struct GenericAPIResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil
    ) {
      self.success = success
      self.error = error
    }
  }

  /// The job that a call started.
  public struct StartJobResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Its id.
    public var id: Int

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, id: Int
    ) {
      self.success = success
      self.error = error
      self.id = id
    }
  }
}
