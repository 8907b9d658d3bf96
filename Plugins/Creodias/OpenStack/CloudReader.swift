internal import Cryptography
internal import Documents
internal import Secrets
internal import TargetContract
internal import Transport

/// Reads the setting `keystone`, a list of clouds:
///
/// ```yaml
/// keystone:
///   - name: cloudferro
///     authURL: https://keystone.cloudferro.com:5000/v3
///     regions: [WAW3-2, WAW4-1]              # those that may be used; without it all
///     interface: public                      # or internal, admin
///     authorities: |                         # PEM; without it the system's
///     credential: {id: 7d…, secretFile: /etc/graphene-deployer/cloudferro}
/// ```
///
/// A credential is `{id, secret}`, `{name, user, userDomain, secret}`, or for clouds without application credentials
/// `{user, userDomain, password, project, projectDomain}`; `secretFile` and `passwordFile` name a file instead. Domains
/// and projects are named; `userDomainID`, `projectDomainID` and `projectID` take ids, and without a domain the one with
/// the id `default` counts.
struct CloudReader {
    private let place: String
    private let object: DocumentObject

    static func clouds(_ setting: Document?) throws(TargetError) -> [Cloud] {
        guard let setting, !setting.isNull else { return [] }
        guard let items = setting.array else {
            throw problem("keystone", "it is \(setting.kindName), and a list of clouds is expected")
        }
        var clouds: [Cloud] = []
        for (index, item) in items.enumerated() {
            let cloud = try CloudReader(item, at: "keystone[\(index)]").cloud()
            guard !clouds.contains(where: { $0.name == cloud.name }) else {
                throw problem("keystone[\(index)].name", "another cloud is called \(cloud.name)")
            }
            clouds.append(cloud)
        }
        return clouds
    }

    private init(_ document: Document, at place: String) throws(TargetError) {
        guard let object = document.object else {
            throw Self.problem(place, "it is \(document.kindName), and an object is expected")
        }
        self.place = place
        self.object = object
    }

    private func cloud() throws(TargetError) -> Cloud {
        try requireOnly(["name", "authURL", "regions", "interface", "authorities", "credential"])
        let name = try required("name")
        // Part of a URL-like place that people read.
        guard name.utf8.count <= 63, name.unicodeScalars.allSatisfy(Self.isNameScalar) else {
            throw problem("name", "a name has letters, digits, dashes, underscores and dots, at most 63")
        }
        let interface = try text("interface") ?? "public"
        guard ["public", "internal", "admin"].contains(interface) else {
            throw problem("interface", "it is none of public, internal, admin")
        }
        return Cloud(
            name: name,
            authURL: try authURL(),
            regions: try regions(),
            interface: interface,
            authorities: try authorities(),
            credential: try credential()
        )
    }

    private func authURL() throws(TargetError) -> URLParts {
        let text = try required("authURL")
        do throws(TransportError) {
            let url = try URLParts(text)
            guard url.query == nil, !text.contains("#") else {
                throw TransportError(.invalidURL, host: "", reason: "it has a query or a fragment")
            }
            return url.path.split(separator: "/").last == "v3" ? url : try url.appending(segments: ["v3"])
        } catch {
            throw problem("authURL", error.reason)
        }
    }

    private func regions() throws(TargetError) -> [String] {
        guard let value = object["regions"], !value.isNull else { return [] }
        guard let items = value.array, items.allSatisfy({ $0.string?.isEmpty == false }) else {
            throw problem("regions", "it is not a list of names")
        }
        return items.compactMap(\.string)
    }

    private func authorities() throws(TargetError) -> [UInt8]? {
        guard let text = try text("authorities") else { return nil }
        do throws(CryptographyError) {
            _ = try X509Certificate.chain(pem: Array(text.utf8))
        } catch {
            throw problem("authorities", error.description)
        }
        return Array(text.utf8)
    }

    // MARK: Credentials

    private func credential() throws(TargetError) -> CloudCredential? {
        guard let value = object["credential"], !value.isNull else { return nil }
        return try CloudReader(value, at: "\(place).credential").asCredential()
    }

    private func asCredential() throws(TargetError) -> CloudCredential {
        if try text("id") != nil {
            try requireOnly(["id", "secret", "secretFile"])
            return .application(id: try required("id"), secret: try secret("secret"))
        }
        if try text("name") != nil {
            try requireOnly(["name", "user", "userDomain", "userDomainID", "secret", "secretFile"])
            return .namedApplication(
                name: try required("name"),
                user: try required("user"),
                domain: try domain("userDomain"),
                secret: try secret("secret")
            )
        }
        try requireOnly([
            "user", "userDomain", "userDomainID", "password", "passwordFile", "project", "projectID", "projectDomain",
            "projectDomainID",
        ])
        return .password(
            user: try required("user"),
            domain: try domain("userDomain"),
            password: try secret("password"),
            project: try project()
        )
    }

    private func project() throws(TargetError) -> CloudProject {
        if let id = try text("projectID") { return .id(id) }
        return .named(try required("project"), try domain("projectDomain"))
    }

    private func domain(_ key: String) throws(TargetError) -> CloudDomain {
        if let id = try text("\(key)ID") { return .id(id) }
        if let name = try text(key) { return .name(name) }
        return .id("default")
    }

    /// The secret at a key, or in the file that `…File` names.
    private func secret(_ key: String) throws(TargetError) -> SecretBytes {
        let fileKey = "\(key)File"
        switch (try text(key), try text(fileKey)) {
        case (let text?, nil): return SecretBytes(text)
        case (nil, let path?):
            guard let secret = SecretFile.read(path) else {
                throw problem(fileKey, "\(path.prefix(200)) cannot be read, is empty or is longer than 64 KiB")
            }
            return secret
        case (nil, nil): throw problem(key, "there is neither \(key) nor \(fileKey)")
        case (_?, _?): throw problem(fileKey, "\(key) is there as well; give one of them")
        }
    }

    // MARK: Fields

    private func text(_ key: String) throws(TargetError) -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        switch value {
        case .string(let text) where text.isEmpty: return nil
        case .string(let text): return text
        case .number(let number): return number.text
        default: throw problem(key, "it is \(value.kindName), and a string is expected")
        }
    }

    private func required(_ key: String) throws(TargetError) -> String {
        guard let text = try text(key) else { throw problem(key, "it is missing") }
        return text
    }

    private func requireOnly(_ known: Set<String>) throws(TargetError) {
        guard let unknown = object.keys.first(where: { !known.contains($0) }) else { return }
        throw problem(unknown, "it is unknown here; known are \(known.sorted().joined(separator: ", "))")
    }

    private func problem(_ key: String, _ why: String) -> TargetError { Self.problem("\(place).\(key)", why) }

    private static func problem(_ place: String, _ why: String) -> TargetError {
        TargetError(
            .invalidSettings,
            what: "The setting \(place) cannot be used",
            why: why,
            remedy: "Correct settings.\(place) of this target in the configuration file"
        )
    }

    private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_.".unicodeScalars.contains(scalar))
    }
}
