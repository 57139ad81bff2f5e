extension Studio {
  /// Answer: list projects.
  public struct ListProjectsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Projects that the key opens; its own first.
    public var projects: [Project]
  }

  /// A project.
  public struct Project: StudioModel {
    /// Its id.
    public var id: Int
    /// Its name.
    public var name: String
    /// What it does, in a sentence.
    public var description: String
    /// When it was created.
    public var created: Timestamp
    /// Owner.
    public var owner: String
    /// When it was last opened.
    public var lastAccessed: Timestamp?
    /// When it changed last.
    public var lastModified: Timestamp?
    /// Last modification details.
    public var lastModificationDetails: String?
    /// Address of a picture.
    public var logo: String?
    /// Id of the user who owns it.
    public var ownerUserId: Int?
    /// Id of the organisation that owns it.
    public var ownerOrganizationId: Int?
    /// Address of a picture.
    public var ownerAvatar: String?
    /// Whether the owner is a developer profile.
    public var ownerIsDeveloperProfile: Bool
    /// Id of the developer profile user.
    public var developerProfileUserId: Int?
    /// Collaborators.
    public var collaborators: [ProjectCollaborator]
    /// Labeling method.
    public var labelingMethod: ProjectLabelingMethod
    /// Metadata by key.
    public var metadata: [String: JSONValue]
    /// Data explorer screenshot.
    public var dataExplorerScreenshot: String?
    /// Whether it belongs to an organisation.
    public var isEnterpriseProject: Bool
    /// Id of the whitelabel.
    public var whitelabelId: Int
    /// Whitelabel name.
    public var whitelabelName: String?
    /// Tags.
    public var tags: [String]?
    /// Part of the dataset. One of `Accelerometer`, `Audio`, `Images`, `Keyword spotting`, `Object detection`, `Other`.
    public var category: String?
    /// License.
    public var license: PublicProjectLicense?
    /// Tier.
    public var tier: ProjectTier
    /// Whether there is a public version.
    public var hasPublicVersion: Bool
    /// Whether anyone may look at it.
    public var isPublic: Bool
    /// Whether anyone may look at the live project.
    public var allowsLivePublicAccess: Bool
    /// Whether processing of recordings is paused.
    public var indPauseProcessingSamples: Bool
    /// Whether the public project is listed.
    public var publicProjectListed: Bool
    /// When it was deleted.
    public var deletedDate: Timestamp?
    /// When it was deleted for good.
    public var fullDeletionDate: Timestamp?
    /// When it will be deleted for good.
    public var scheduledFullDeletionDate: Timestamp?
  }

  /// Answer: project info summary.
  public struct ProjectInfoSummaryResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Its id.
    public var id: Int
    /// Owner.
    public var owner: String
    /// Its name.
    public var name: String
    /// Studio url.
    public var studioUrl: String
    /// How often it was looked at.
    public var viewCount: Int
    /// How often it was cloned.
    public var cloneCount: Int
  }

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
  }

  /// Answer: socket token.
  public struct SocketTokenResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Token.
    public var token: SocketTokenResponseToken
  }

  /// Part of an answer: socket token response token.
  public struct SocketTokenResponseToken: StudioModel {
    /// Token for the web socket.
    public var socketToken: Secret
    /// When it expires.
    public var expires: Timestamp
  }
}
