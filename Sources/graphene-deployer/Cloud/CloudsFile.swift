import Documents
import Files
import FoundationEssentials

/// The file clouds.yaml of OpenStack's tools, with the secure.yaml beside it. Read by commands only, never by a host.
enum CloudsFile {
    private static let limit = 256 << 10

    /// Where it may be, in the order in which the tools look.
    static func candidates(_ variables: [String: String]) -> [String] {
        if let file = variables["OS_CLIENT_CONFIG_FILE"], !file.isEmpty { return [file] }
        let home = variables["HOME"] ?? ""
        let user = variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
        return ["clouds.yaml", "\(user)/openstack/clouds.yaml", "/etc/openstack/clouds.yaml"]
    }

    /// The entry of that name, out of the first file that is there.
    /// - Throws: `FileError`, or `InputError` where there is no file, or no such entry in it.
    static func account(_ name: String, variables: [String: String]) throws -> CloudAccount {
        let candidates = candidates(variables)
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw InputError(
                description:
                    "there is no clouds.yaml to find the cloud \(name) in; looked for \(candidates.joined(separator: ", "))"
            )
        }
        let clouds = try entries(path)
        guard let entry = clouds.first(where: { $0.key == name })?.value else {
            let names = clouds.map(\.key).sorted().joined(separator: ", ")
            throw InputError(description: "there is no cloud \(name) in \(path); there are \(names)")
        }
        var fields = CloudAccount.fields(ofEntry: entry)
        let secrets = path.replacing("clouds.yaml", with: "secure.yaml")
        if secrets != path, FileManager.default.fileExists(atPath: secrets),
            let secret = try entries(secrets).first(where: { $0.key == name })?.value
        {
            fields.merge(CloudAccount.fields(ofEntry: secret)) { $1 }
        }
        return try account(name, fields, origin: path)
    }

    /// Reads the file of certificates that `cacert` names, too.
    static func account(_ name: String, _ fields: [String: String], origin: String) throws -> CloudAccount {
        let authorities = try fields["cacert"].map { path in
            String(decoding: try FileReader.read(path, limit: limit), as: UTF8.self)
        }
        return try CloudAccount(name: name, fields: fields, origin: origin, authorities: authorities)
    }

    private static func entries(_ path: String) throws -> [DocumentObject.Member] {
        let bytes = try FileReader.read(path, limit: limit)
        let document: Document
        do {
            document = try YAMLText(yaml: bytes).value
        } catch {
            throw InputError(description: "\(path) cannot be read: \(error)")
        }
        guard let clouds = document["clouds"]?.object?.members else {
            throw InputError(description: "\(path) has no section clouds")
        }
        return clouds
    }
}
