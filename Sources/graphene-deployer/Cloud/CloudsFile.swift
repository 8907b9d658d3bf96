import Documents
import Files
import FoundationEssentials

/// The file clouds.yaml of OpenStack's tools, with the secure.yaml beside it. Read by commands only, never by a host.
enum CloudsFile {
    private static let limit = 256 << 10

    /// Where a file may be, in the order in which the tools look (openstacksdk): what a variable names, then the
    /// working folder, the user's and the system's.
    /// - Parameter name: `clouds` or `secure`.
    static func candidates(_ name: String, _ variables: [String: String]) -> [String] {
        let home = variables["HOME"] ?? ""
        let user = variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
        let named = name == "clouds" ? "OS_CLIENT_CONFIG_FILE" : "OS_CLIENT_SECURE_FILE"
        let folders = ["", "\(user)/openstack/", "\(home)/.config/openstack/", "/etc/openstack/"]
        let usual = folders.flatMap { folder in ["yaml", "yml", "json"].map { "\(folder)\(name).\($0)" } }
        var seen: Set<String> = []
        return ([variables[named]].compactMap(\.self).filter { !$0.isEmpty } + usual).filter {
            seen.insert($0).inserted
        }
    }

    /// The entry of that name, out of the first file that is there; what the first file of secrets adds counts more.
    /// - Throws: `FileError`, or `InputError` where there is no file, or no such entry in it.
    static func account(_ name: String, variables: [String: String]) throws -> CloudAccount {
        let candidates = candidates("clouds", variables)
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            let places = candidates.filter { $0.hasSuffix(".yaml") || $0 == candidates.first }
            throw InputError(
                description:
                    "there is no clouds.yaml to find the cloud \(name) in; looked for \(places.joined(separator: ", "))"
            )
        }
        let clouds = try entries(path)
        guard let entry = clouds.first(where: { $0.key == name })?.value else {
            let names = clouds.map(\.key).sorted().joined(separator: ", ")
            throw InputError(description: "there is no cloud \(name) in \(path); there are \(names)")
        }
        var fields = CloudAccount.fields(ofEntry: entry)
        var secrets = Self.candidates("secure", variables)
        // Beside the file that was found, too, wherever that is; what a variable names comes first all the same.
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let fileName = parts.last?.replacing("clouds.", with: "secure.") ?? ""
        let beside = (parts.dropLast() + [fileName]).joined(separator: "/")
        let isNamed = variables["OS_CLIENT_SECURE_FILE"]?.isEmpty == false
        if beside != path { secrets.insert(beside, at: isNamed ? 1 : 0) }
        if let file = secrets.first(where: { FileManager.default.fileExists(atPath: $0) }),
            let secret = try entries(file).first(where: { $0.key == name })?.value
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
