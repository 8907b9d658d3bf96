internal import Documents

/// Environment variables that take the place of what the configuration file says: `jwt.keyFile` is
/// `GRAPHENE_DEPLOYER_JWT_KEY_FILE`.
///
/// Others with that prefix are left alone: Kubernetes makes some (`GRAPHENE_DEPLOYER_SERVICE_HOST`) for a Service
/// called graphene-deployer.
enum EnvironmentOverrides {
    /// The keys that can be set so.
    static let keys = [
        "listen.host", "listen.port", "listen.idleTimeout", "publicPrefix", "publicOrigin", "proxies.trusted", "portal",
        "documentation", "metrics", "log.format", "log.level", "state", "jwt.key", "jwt.keyFile", "cookie.secure",
        "catalogue.directory", "catalogue.cds.url", "catalogue.cds.user", "catalogue.cds.password",
        "catalogue.cds.passwordFile", "catalogue.nexus.url", "catalogue.nexus.user", "catalogue.nexus.password",
        "catalogue.nexus.passwordFile", "catalogue.accessCheck", "catalogue.report", "catalogue.connectTimeout",
        "catalogue.requestTimeout", "orchestrator.image", "network.allow", "deployments.concurrent",
        "deployments.queued", "deployments.quietTimeout", "deployments.stoppingTimeout",
        "deployments.shutdownTimeout", "deployments.keepDays", "deployments.keepPerUser", "modules.folders",
        "defaultTarget", "anonymousDownload", "watch",
    ]

    /// `jwt.keyFile` -> `GRAPHENE_DEPLOYER_JWT_KEY_FILE`.
    static func variable(for key: String) -> String {
        key.reduce(into: "GRAPHENE_DEPLOYER_") { name, character in
            if character == "." {
                name += "_"
            } else {
                if character.isUppercase { name += "_" }
                name += character.uppercased()
            }
        }
    }

    /// The document with the variables put in, and which keys they set.
    ///
    /// Where a secret comes as `…File` from one side and as value from the other, the variable replaces both.
    static func apply(
        _ environment: [String: String],
        to document: Document
    ) -> (Document, variables: [DocumentPath: String]) {
        var document = document
        var variables: [DocumentPath: String] = [:]
        for key in keys {
            let variable = variable(for: key)
            guard let value = environment[variable] else { continue }
            let steps = key.split(separator: ".").map(String.init)
            if let sibling = sibling(of: key) { document = setting(nil, at: sibling[...], in: document) }
            document = setting(.string(value), at: steps[...], in: document)
            variables[DocumentPath(steps.map { .key($0) })] = variable
        }
        return (document, variables)
    }

    private static func sibling(of key: String) -> [String]? {
        let other = key.hasSuffix("File") ? String(key.dropLast(4)) : key + "File"
        return keys.contains(other) ? other.split(separator: ".").map(String.init) : nil
    }

    private static func setting(_ value: Document?, at steps: ArraySlice<String>, in document: Document) -> Document {
        guard let key = steps.first else { return value ?? .null }
        // A section of the wrong kind stays, to be reported.
        guard document.object != nil || document.isNull else { return document }
        var object = document.object ?? DocumentObject()
        if steps.count == 1 {
            object[key] = value
        } else if value != nil || object[key] != nil {
            object[key] = setting(value, at: steps.dropFirst(), in: object[key] ?? .null)
        }
        return .object(object)
    }
}
