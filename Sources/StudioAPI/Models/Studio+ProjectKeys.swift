extension Studio {
  /// Answer: get current API key info.
  public struct GetCurrentAPIKeyInfoResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Id of the API key.
    public var apiKeyId: Int
    /// Id of the project.
    public var projectId: Int
    /// What the key may do.
    public var role: ProjectAPIKeyRole
    /// When it expires.
    public var expires: Timestamp?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, apiKeyId: Int, projectId: Int, role: ProjectAPIKeyRole,
      expires: Timestamp? = nil
    ) {
      self.success = success
      self.error = error
      self.apiKeyId = apiKeyId
      self.projectId = projectId
      self.role = role
      self.expires = expires
    }
  }

  /// Answer: development keys.
  public struct DevelopmentKeysResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// API key.
    public var apiKey: Secret?
    /// Key for signatures.
    public var hmacKey: Secret?

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, apiKey: Secret? = nil, hmacKey: Secret? = nil
    ) {
      self.success = success
      self.error = error
      self.apiKey = apiKey
      self.hmacKey = hmacKey
    }
  }

  /// Answer: socket token.
  public struct SocketTokenResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Token.
    public var token: SocketTokenResponseToken

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, token: SocketTokenResponseToken
    ) {
      self.success = success
      self.error = error
      self.token = token
    }
  }

  /// Part of an answer: socket token response token.
  public struct SocketTokenResponseToken: StudioModel {
    /// Token for the web socket.
    public var socketToken: Secret
    /// When it expires.
    public var expires: Timestamp

    /// Creates the value from its fields.
    public init(
      socketToken: Secret, expires: Timestamp
    ) {
      self.socketToken = socketToken
      self.expires = expires
    }
  }
}
