import Documents
import TargetContract

extension HostService {
    /// The deployments that match, newest first, page by page up to a limit.
    /// - Returns: as the API answers: `{deployments, next}`.
    func deployments(state: String?, target: String?, isMine: Bool, limit: Int) async throws -> Document {
        var found: [Document] = []
        var next: String?
        repeat {
            let page = try await document(
                Call(
                    path: ["deployments"],
                    query: [
                        ("state", state ?? ""), ("target", target ?? ""), ("owner", isMine ? "me" : ""),
                        ("limit", "\(min(limit - found.count, Self.pageSize))"), ("before", next ?? ""),
                    ]
                )
            )
            guard let deployments = page["deployments"]?.array else {
                throw HostFailure.unreadable("it is no list of deployments")
            }
            found += deployments
            // An empty page would never lead on.
            next = deployments.isEmpty ? nil : page["next"]?.string
        } while next != nil && found.count < limit
        return ["deployments": .array(found), "next": next.map(Document.string) ?? .null]
    }

    /// The id that begins so.
    /// - Throws: `InputError` where none or several do.
    func id(for prefix: DeploymentPrefix) async throws -> String {
        if prefix.isComplete { return prefix.text }
        let all = try await deployments(state: nil, target: nil, isMine: false, limit: Self.searched)
        let ids = (all["deployments"]?.array ?? []).compactMap { $0["id"]?.string }
        let matches = ids.filter { $0.hasPrefix(prefix.text) }
        guard matches.count <= 1 else {
            let list = matches.prefix(5).joined(separator: ", ") + (matches.count > 5 ? ", …" : "")
            throw InputError(
                description: "\(matches.count) deployments have ids that begin with \(prefix.text): \(list). "
                    + "Write more of the id."
            )
        }
        guard let id = matches.first else {
            throw InputError(
                description: "no deployment has an id that begins with \(prefix.text). "
                    + "See graphene-deployer deployments list."
            )
        }
        return id
    }

    /// What the host says of a target, if it has that one.
    func manifest(of target: String) async throws -> TargetManifest? {
        let targets = try await document("targets")["targets"]?.array ?? []
        guard let found = targets.first(where: { $0["id"]?.string == target }) else { return nil }
        do {
            return try found.decoded(as: TargetManifest.self)
        } catch {
            throw HostFailure.unreadable("it describes the target \(target) in another way than this version knows")
        }
    }

    /// The most deployments that a host lists at once.
    private static let pageSize = 200
    /// Among how many deployments an id is looked for.
    private static let searched = 20_000
}
