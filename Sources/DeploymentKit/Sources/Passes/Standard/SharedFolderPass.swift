internal import Blueprints

/// Turns every shared folder into a volume: the node goes out of the blueprint with the `mountVolume` operations and
/// all edges to them, and its consumers remember that they mount it.
public struct SharedFolderPass: SolutionPass {
    static let mountOperation = "mountVolume"

    /// The pass has no settings.
    public init() {}

    /// Takes the folders out of the blueprint and fills in the draft's folders.
    public func apply(to draft: inout SolutionDraft) throws(Refusal) {
        guard var blueprint = draft.blueprint else { return }
        let folders = blueprint.nodes.filter { $0.kind == .sharedFolder }
        guard !folders.isEmpty else { return }
        let paths = try mountPaths(of: folders, draft: &draft)
        var claims: Set<String> = []
        for (folder, path) in zip(folders, paths) {
            let consumers = consumers(of: folder, in: blueprint)
            guard !consumers.isEmpty else {
                let text = "no node is linked to this shared folder, so it is left out"
                draft.note(.warning, node: folder.containerName, text)
                continue
            }
            let claim = ObjectName.repairing(claimStem(of: path), fallback: "folder") { claims.contains($0) }
            claims.insert(claim)
            draft.sharedFolders.append(
                PlannedFolder(claimName: claim, path: path, originalName: folder.containerName, consumers: consumers)
            )
        }
        remove(Set(folders.map(\.containerName)), from: &blueprint)
        draft.blueprint = blueprint
        noteSeveralFolders(in: &draft)
    }

    /// The containers linked by any operation of the folder, in the order of the blueprint, each once.
    private func consumers(of folder: BlueprintNode, in blueprint: Blueprint) -> [String] {
        let linked = Set(folder.operations.flatMap { $0.edges.map(\.containerName) })
        return blueprint.nodes.filter { linked.contains($0.containerName) && $0.kind.runsContainer }.map(
            \.containerName)
    }

    /// A path for each folder, no two the same. Usable names come first, so that no substitute takes their place.
    private func mountPaths(of folders: [BlueprintNode], draft: inout SolutionDraft) throws(Refusal) -> [String] {
        var taken: [String: String] = [:]
        var paths: [String?] = []
        for folder in folders {
            let name = folder.containerName
            let path = MountPath.normalized(name)
            guard MountPath.problem(of: path) == nil else {
                paths.append(nil)
                continue
            }
            if let other = taken.updateValue(name, forKey: path) {
                throw Refusal(
                    node: name,
                    field: "container_name",
                    problem: "The shared folders \"\(other)\" and \"\(name)\" have one mount path",
                    remedy: "Rename one of them in Design Studio, or link all nodes to one folder"
                )
            }
            paths.append(path)
        }
        var used = Set(taken.keys)
        return zip(folders, paths).map { folder, path in
            if let path { return path }
            let substitute = Self.freePath(used)
            used.insert(substitute)
            let problem = MountPath.problem(of: MountPath.normalized(folder.containerName)) ?? "cannot be used"
            draft.note(
                .warning,
                node: folder.containerName,
                "the name of a shared folder is its mount path, and this one \(problem); it is mounted at \(substitute)"
            )
            return substitute
        }
    }

    /// `/data/shared`, or that with the next number behind it.
    private static func freePath(_ taken: Set<String>) -> String {
        var path = MountPath.standard
        var number = 1
        while taken.contains(path) {
            number += 1
            path = "\(MountPath.standard)-\(number)"
        }
        return path
    }

    private func claimStem(of path: String) -> String {
        path.split(separator: "/").joined(separator: "-")
    }

    private func remove(_ folders: Set<String>, from blueprint: inout Blueprint) {
        let mounts = Set(
            blueprint.nodes.filter { folders.contains($0.containerName) }.flatMap { folder in
                folder.operations.flatMap(\.edges)
            }.filter { $0.operationName == Self.mountOperation }.map(\.containerName)
        )
        blueprint.nodes.removeAll { folders.contains($0.containerName) }
        blueprint.removeInputPorts { container, operation in
            folders.contains(container) || (operation == Self.mountOperation && mounts.contains(container))
        }
        for node in blueprint.nodes.indices {
            let isConsumer = mounts.contains(blueprint.nodes[node].containerName)
            blueprint.nodes[node].operations.removeAll { operation in
                operation.name == Self.mountOperation && (isConsumer || operation.input.name == "SharedFolderRequest")
            }
            for operation in blueprint.nodes[node].operations.indices {
                blueprint.nodes[node].operations[operation].edges.removeAll { edge in
                    folders.contains(edge.containerName)
                        || (edge.operationName == Self.mountOperation && mounts.contains(edge.containerName))
                }
            }
        }
    }

    /// A container has one `SHARED_FOLDER_PATH`; of several folders it names the first.
    private func noteSeveralFolders(in draft: inout SolutionDraft) {
        var paths: [String: [String]] = [:]
        for folder in draft.sharedFolders {
            for consumer in folder.consumers { paths[consumer, default: []].append(folder.path) }
        }
        for consumer in paths.keys.sorted() {
            guard let mounted = paths[consumer], mounted.count > 1 else { continue }
            let listed = mounted.prefix(5).joined(separator: ", ") + (mounted.count > 5 ? ", ..." : "")
            draft.note(
                .information,
                node: draft.originalName(of: consumer),
                "mounts \(listed); SHARED_FOLDER_PATH names the first, SHARED_FOLDER_PATH_2 and so on the others"
            )
        }
    }
}
