public import Secrets

/// Where the Common Data Service (CDS) and Nexus of a platform are, and who this deployer is to them.
public struct GrapheneCatalogueConfiguration: Sendable {
    /// With the base path, for instance `http://cds-service:8000/ccds`.
    public var cdsURL: String
    /// The technical user of CDS.
    public var cdsUser: String
    /// The password of that user.
    public var cdsPassword: SecretBytes
    /// The root of the Maven repository, for instance `http://nexus:8081/repository/acumos_model_maven`.
    public var nexusURL: String
    /// The technical user of Nexus.
    public var nexusUser: String
    /// The password of that user.
    public var nexusPassword: SecretBytes
    /// Whether users must be allowed to read what they deploy. CDS itself leaves that to its callers.
    public var accessCheck: Bool
    /// How long connecting may take.
    public var connectTimeout: Duration
    /// For one call, from its beginning to the last byte.
    public var requestTimeout: Duration

    /// Takes over the parts as they are.
    public init(
        cdsURL: String,
        cdsUser: String,
        cdsPassword: SecretBytes,
        nexusURL: String,
        nexusUser: String,
        nexusPassword: SecretBytes,
        accessCheck: Bool = true,
        connectTimeout: Duration = .seconds(5),
        requestTimeout: Duration = .seconds(20)
    ) {
        self.cdsURL = cdsURL
        self.cdsUser = cdsUser
        self.cdsPassword = cdsPassword
        self.nexusURL = nexusURL
        self.nexusUser = nexusUser
        self.nexusPassword = nexusPassword
        self.accessCheck = accessCheck
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
    }
}
