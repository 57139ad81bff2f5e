extension Studio {
  /// A user who works on a project. On the wire it is a user with one field more.
  public struct ProjectCollaborator: StudioModel {
    /// Who works on it.
    public var user: User
    /// Whether the user owns the project.
    public var isOwner: Bool

    private enum CodingKeys: CodingKey { case isOwner }

    /// Decodes the fields of both.
    public init(from decoder: any Decoder) throws {
      user = try User(from: decoder)
      isOwner = try decoder.container(keyedBy: CodingKeys.self).decode(Bool.self, forKey: .isOwner)
    }

    /// Encodes the fields of both.
    public func encode(to encoder: any Encoder) throws {
      try user.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(isOwner, forKey: .isOwner)
    }

    /// Creates the value from its fields.
    public init(
      user: User, isOwner: Bool
    ) {
      self.user = user
      self.isOwner = isOwner
    }
  }

  /// Whether a user works for Studio.
  public struct StaffInfo: StudioModel {
    /// Whether the user works for Studio.
    public var isStaff: Bool
    /// Whether the user may act as another.
    public var hasSudoRights: Bool
    /// Company name.
    public var companyName: String?

    /// Creates the value from its fields.
    public init(
      isStaff: Bool, hasSudoRights: Bool, companyName: String? = nil
    ) {
      self.isStaff = isStaff
      self.hasSudoRights = hasSudoRights
      self.companyName = companyName
    }
  }

  /// A user.
  public struct User: StudioModel {
    /// Its id.
    public var id: Int
    /// Username.
    public var username: String
    /// Its name.
    public var name: String
    /// Email.
    public var email: String
    /// Address of a picture.
    public var photo: String?
    /// When it was created.
    public var created: Timestamp
    /// When it was last seen.
    public var lastSeen: Timestamp?
    /// Staff info.
    public var staffInfo: StaffInfo
    /// Whether the invitation is pending.
    public var pending: Bool
    /// Job title.
    public var jobTitle: String?
    /// Permissions.
    public var permissions: [Permission]?
    /// Company name.
    public var companyName: String?
    /// Whether the account is activated.
    public var activated: Bool
    /// Whether a second factor is set up.
    public var mfaConfigured: Bool
    /// Id at the payment service.
    public var stripeCustomerId: String?
    /// Whether payments are due.
    public var hasPendingPayments: Bool?
    /// Tier.
    public var tier: UserTier?
    /// Identity providers.
    public var idps: [String]?

    /// Creates the value from its fields.
    public init(
      id: Int, username: String, name: String, email: String, photo: String? = nil, created: Timestamp,
      lastSeen: Timestamp? = nil, staffInfo: StaffInfo, pending: Bool, jobTitle: String? = nil,
      permissions: [Permission]? = nil, companyName: String? = nil, activated: Bool, mfaConfigured: Bool,
      stripeCustomerId: String? = nil, hasPendingPayments: Bool? = nil, tier: UserTier? = nil, idps: [String]? = nil
    ) {
      self.id = id
      self.username = username
      self.name = name
      self.email = email
      self.photo = photo
      self.created = created
      self.lastSeen = lastSeen
      self.staffInfo = staffInfo
      self.pending = pending
      self.jobTitle = jobTitle
      self.permissions = permissions
      self.companyName = companyName
      self.activated = activated
      self.mfaConfigured = mfaConfigured
      self.stripeCustomerId = stripeCustomerId
      self.hasPendingPayments = hasPendingPayments
      self.tier = tier
      self.idps = idps
    }
  }
}
