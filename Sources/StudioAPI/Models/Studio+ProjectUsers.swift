extension Studio {
  /// A user who works on a project.
  public struct ProjectCollaborator: StudioModel {
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
    /// Whether the user owns the project.
    public var isOwner: Bool
  }

  /// Whether a user works for Studio.
  public struct StaffInfo: StudioModel {
    /// Whether the user works for Studio.
    public var isStaff: Bool
    /// Whether the user may act as another.
    public var hasSudoRights: Bool
    /// Company name.
    public var companyName: String?
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
  }
}
