extension Studio {
  /// Answer: list projects.
  public struct ListProjectsResponse: StudioAnswer {
    /// Whether Studio did what it was asked to.
    public var success: Bool
    /// Why it did not.
    public var error: String?
    /// Projects that the key opens; its own first.
    public var projects: [Project]

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, projects: [Project]
    ) {
      self.success = success
      self.error = error
      self.projects = projects
    }
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

    /// Creates the value from its fields.
    public init(
      id: Int, name: String, description: String, created: Timestamp, owner: String, lastAccessed: Timestamp? = nil,
      lastModified: Timestamp? = nil, lastModificationDetails: String? = nil, logo: String? = nil,
      ownerUserId: Int? = nil, ownerOrganizationId: Int? = nil, ownerAvatar: String? = nil,
      ownerIsDeveloperProfile: Bool, developerProfileUserId: Int? = nil, collaborators: [ProjectCollaborator],
      labelingMethod: ProjectLabelingMethod, metadata: [String: JSONValue], dataExplorerScreenshot: String? = nil,
      isEnterpriseProject: Bool, whitelabelId: Int, whitelabelName: String? = nil, tags: [String]? = nil,
      category: String? = nil, license: PublicProjectLicense? = nil, tier: ProjectTier, hasPublicVersion: Bool,
      isPublic: Bool, allowsLivePublicAccess: Bool, indPauseProcessingSamples: Bool, publicProjectListed: Bool,
      deletedDate: Timestamp? = nil, fullDeletionDate: Timestamp? = nil, scheduledFullDeletionDate: Timestamp? = nil
    ) {
      self.id = id
      self.name = name
      self.description = description
      self.created = created
      self.owner = owner
      self.lastAccessed = lastAccessed
      self.lastModified = lastModified
      self.lastModificationDetails = lastModificationDetails
      self.logo = logo
      self.ownerUserId = ownerUserId
      self.ownerOrganizationId = ownerOrganizationId
      self.ownerAvatar = ownerAvatar
      self.ownerIsDeveloperProfile = ownerIsDeveloperProfile
      self.developerProfileUserId = developerProfileUserId
      self.collaborators = collaborators
      self.labelingMethod = labelingMethod
      self.metadata = metadata
      self.dataExplorerScreenshot = dataExplorerScreenshot
      self.isEnterpriseProject = isEnterpriseProject
      self.whitelabelId = whitelabelId
      self.whitelabelName = whitelabelName
      self.tags = tags
      self.category = category
      self.license = license
      self.tier = tier
      self.hasPublicVersion = hasPublicVersion
      self.isPublic = isPublic
      self.allowsLivePublicAccess = allowsLivePublicAccess
      self.indPauseProcessingSamples = indPauseProcessingSamples
      self.publicProjectListed = publicProjectListed
      self.deletedDate = deletedDate
      self.fullDeletionDate = fullDeletionDate
      self.scheduledFullDeletionDate = scheduledFullDeletionDate
    }
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

    /// Creates the value from its fields.
    public init(
      success: Bool = true, error: String? = nil, id: Int, owner: String, name: String, studioUrl: String,
      viewCount: Int, cloneCount: Int
    ) {
      self.success = success
      self.error = error
      self.id = id
      self.owner = owner
      self.name = name
      self.studioUrl = studioUrl
      self.viewCount = viewCount
      self.cloneCount = cloneCount
    }
  }
}
