internal import HTTPTypes
internal import Blueprints
internal import Passes
internal import TargetContract

/// What the page behind "Deploy" shows: the solution as it will be deployed, and the way to get it.
struct DeployPage: PageContent {
    let title: String
    let name: String
    let version: String
    let targetName: String
    let targetSummary: String
    let isSingleModel: Bool
    let nodes: [Node]
    let folders: [Folder]
    let notes: [Note]
    let digest: String
    /// Where the download is, relative to this page; nil where the target offers none.
    let download: String?
    /// The command line that deploys the solution, for targets without a download.
    let command: String

    struct Node {
        let name: String
        let originalName: String?
        let image: String
    }

    struct Folder {
        let path: String
        let consumers: String
    }

    struct Note {
        let isWarning: Bool
        let node: String?
        let text: String
    }

    /// - Parameter download: a URL relative to the page.
    init(plan: SolutionPlan, manifest: TargetManifest, download: String?) throws {
        title = "Deploy \(plan.name)"
        name = plan.name
        version = plan.version
        targetName = manifest.name
        targetSummary = manifest.summary
        isSingleModel = plan.isSingleModel
        nodes = plan.nodes.map { node in
            Node(
                name: node.name, originalName: node.originalName == node.name ? nil : node.originalName,
                image: node.image)
        }
        folders = plan.sharedFolders.map { Folder(path: $0.path, consumers: $0.consumers.joined(separator: ", ")) }
        notes = plan.notes.map { Note(isWarning: $0.kind == .warning, node: $0.node, text: $0.text) }
        digest = try plan.digest()
        self.download = download
        let options = manifest.options.filter(\.isRequired).map { option in
            "--option \(option.name)=\(option.kind == .document ? "@FILE" : option.name.uppercased())"
        }
        let words = ["graphene-deployer deploy \(plan.reference)", "--target \(manifest.id)"] + options
        command = words.joined(separator: " \\\n    ")
    }
}

/// What the page of an error shows.
struct ErrorPage: PageContent {
    let title: String
    let status: Int
    let node: String?
    let field: String?
    let detail: String
    let remedy: String?

    init(_ problem: Problem) {
        title = problem.title
        status = problem.status.code
        node = problem.node
        field = problem.field
        detail = problem.detail
        remedy = problem.remedy
    }
}
