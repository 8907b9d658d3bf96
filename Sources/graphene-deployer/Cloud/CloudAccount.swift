import Documents

/// An OpenStack cloud and a credential for it, as the usual tools are told of them: by the variables `OS_…`, or by an
/// entry of clouds.yaml. Pure.
struct CloudAccount {
    /// What the cloud is called among the settings of a target.
    let name: String
    /// The region that was named; nil for none.
    let region: String?
    /// An item of the setting `keystone`, with the credential unless that is among `options`.
    let setting: DocumentObject
    /// Options for a credential that can be given by them: then errors speak to whoever gave it.
    let options: [String: String]

    /// - Parameters:
    ///   - fields: by their names in clouds.yaml, `auth_url`, `username` and so on, without empty ones.
    ///   - origin: where they come from, for messages.
    ///   - authorities: certificates (PEM) to trust instead of the system's.
    /// - Throws: `InputError` where something is missing.
    init(name: String, fields: [String: String], origin: String, authorities: String? = nil) throws {
        guard let url = fields["auth_url"] else { throw Self.missing("auth_url", origin) }
        self.name = Self.settingName(name)
        region = fields["region_name"]
        var setting: DocumentObject = ["name": .string(self.name), "authURL": .string(url)]
        setting["interface"] = (fields["interface"] ?? fields["endpoint_type"]).map { text in
            .string(text.hasSuffix("URL") ? String(text.dropLast(3)) : text)
        }
        setting["authorities"] = authorities.map(Document.string)
        if let id = fields["application_credential_id"] {
            guard let secret = fields["application_credential_secret"] else {
                throw Self.missing("application_credential_secret", origin)
            }
            options = ["credential-id": id, "credential-secret": secret]
        } else {
            setting["credential"] = .object(try Self.credential(fields, origin))
            options = [:]
        }
        self.setting = setting
    }

    /// A name as settings have it; in clouds.yaml there may be any.
    private static func settingName(_ name: String) -> String {
        let isPlain = { (sign: Character) in sign.isASCII && (sign.isLetter || sign.isNumber || "-_.".contains(sign)) }
        return String(name.prefix(63).map { isPlain($0) ? $0 : "-" })
    }

    private static func credential(_ fields: [String: String], _ origin: String) throws -> DocumentObject {
        var credential = DocumentObject()
        func take(_ key: String, _ field: String, isRequired: Bool = false) throws {
            if isRequired, fields[field] == nil { throw missing(field, origin) }
            credential[key] = fields[field].map(Document.string)
        }
        try take("user", "username", isRequired: true)
        try take("userDomain", "user_domain_name")
        try take("userDomainID", "user_domain_id")
        if fields["application_credential_name"] != nil {
            try take("name", "application_credential_name")
            try take("secret", "application_credential_secret", isRequired: true)
            return credential
        }
        try take("password", "password", isRequired: true)
        try take("projectID", "project_id")
        try take("project", "project_name", isRequired: fields["project_id"] == nil)
        try take("projectDomain", "project_domain_name")
        try take("projectDomainID", "project_domain_id")
        return credential
    }

    private static func missing(_ field: String, _ origin: String) -> InputError {
        let variable = "OS_" + field.uppercased()
        return InputError(
            description:
                "there is no \(origin == environment ? variable : field) in \(origin); an application credential "
                + "is best: auth_url, application_credential_id and application_credential_secret"
        )
    }

    /// Where variables come from, as messages call it.
    static let environment = "the environment"

    /// What variables tell: `OS_AUTH_URL` is `auth_url`.
    static func fields(ofVariables variables: [String: String]) -> [String: String] {
        variables.reduce(into: [:]) { fields, variable in
            guard variable.key.hasPrefix("OS_"), !variable.value.isEmpty else { return }
            fields[variable.key.dropFirst(3).lowercased()] = variable.value
        }
    }

    /// What an entry of clouds.yaml tells; the members of `auth` stand for themselves.
    static func fields(ofEntry entry: Document) -> [String: String] {
        var fields: [String: String] = [:]
        for object in [entry.object, entry["auth"]?.object].compactMap(\.self) {
            for member in object.members {
                switch member.value {
                case .string(let text) where !text.isEmpty: fields[member.key] = text
                case .number(let number): fields[member.key] = number.text
                default: break
                }
            }
        }
        return fields
    }
}
