internal import Blueprints
internal import FoundationEssentials
internal import Passes
internal import TargetContract

/// The page behind "Deploy": the solution as it will be deployed, where to, and with which options.
struct DeployPage: PageContent {
    static let template = "deploy"
    var pageTitle: String { "Deploy \(solutionName)" }
    var styles: [String] { ["graph.css"] }
    var scripts: [String] { ["deploy.js"] }

    let root: String
    let solutionName: String
    let solutionVersion: String
    let isSingleModel: Bool
    let solutionSummary: String
    let graph: String
    let graphLabel: String
    let hasNotes: Bool
    let notes: [Note]
    let csrf: String
    let idempotencyKey: String
    let targetID: String
    let canPreview: Bool
    let deployLabel: String
    let buttonHelp: String?
    let hasOptions: Bool
    let fields: [OptionField]
    let advanced: OptionForm.Advanced?
    let digest: String
    let hasTargetChoices: Bool
    let targetChoices: [TargetChoice]
    let download: Download?
    var draft: String?
    var preview: PreviewPanel?
    var problemSummary: ProblemSummary?

    struct Note: Sendable {
        let isWarning: Bool
        let noteNode: String?
        let noteText: String
    }

    struct TargetChoice: Sendable {
        let targetPath: String
        let targetName: String
        let targetSummary: String
        let isCurrent: Bool
        let isQuarantined: Bool
    }

    struct Download: Sendable {
        let downloadPath: String
        let downloadName: String
    }

    /// - Parameters:
    ///   - target: the one that the page is for.
    ///   - targets: all there are.
    init(
        _ plan: SolutionPlan,
        target: LoadedTarget,
        among targets: [LoadedTarget],
        form: OptionForm,
        setting: PageSetting
    ) throws {
        root = setting.root
        csrf = setting.csrf
        solutionName = plan.name
        solutionVersion = plan.version
        isSingleModel = plan.isSingleModel
        solutionSummary = Self.summary(of: plan)
        graph = try GraphDrawing(PipelineGraph(plan: plan)).svg
        graphLabel = plan.isSingleModel ? "the model" : "the pipeline"
        notes = plan.notes.map { Note(isWarning: $0.kind == .warning, noteNode: $0.node, noteText: $0.text) }
        hasNotes = !notes.isEmpty
        idempotencyKey = UUID().uuidString.lowercased()
        targetID = target.manifest.id
        canPreview = target.can(.planning)
        let isPackage = target.makesSolutionZip
        deployLabel = isPackage ? "Make it with these options" : "Deploy"
        buttonHelp =
            isPackage
            ? "The download above takes the defaults; this makes one with your options, and keeps it."
            : canPreview ? "Preview tells what would change and writes nothing." : nil
        hasOptions = form.hasOptions
        fields = form.fields
        advanced = form.advanced
        digest = try plan.digest()
        hasTargetChoices = targets.count > 1
        targetChoices = targets.map { other in
            TargetChoice(
                targetPath: "\(other.manifest.id)/deploy/\(plan.reference)",
                targetName: other.manifest.name,
                targetSummary: other.manifest.summary,
                isCurrent: other.manifest.id == target.manifest.id,
                isQuarantined: other.quarantineReason != nil
            )
        }
        download =
            isPackage
            ? Download(downloadPath: "getSolutionZip/\(plan.reference)", downloadName: "solution.zip") : nil
    }

    private static func summary(of plan: SolutionPlan) -> String {
        guard !plan.isSingleModel else { return "One model, called over its own interface." }
        let count = { (number: Int, one: String, many: String) in "\(number) \(number == 1 ? one : many)" }
        let nodes = count(plan.nodes.count, "container", "containers")
        let folders = plan.sharedFolders.count
        let shared = folders == 0 ? "" : " and \(count(folders, "shared folder", "shared folders"))"
        return "\(nodes)\(shared), run by an orchestrator."
    }
}
