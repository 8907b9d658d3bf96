internal import Documents
internal import Kubernetes

/// The orchestrator's pod, and what was noted on it.
struct OrchestratorPod: Equatable {
    /// Notes with which plan the process in the pod was initialised; it goes with the pod.
    static let planAnnotation = "graphene-deployer/initialized-plan"

    let name: String
    let uid: String
    /// Restarts make a new process in the same pod.
    let restarts: Int
    /// The digest of the plan and the number of restarts it was noted at.
    private let note: String?

    /// The ready pod of the orchestrator that is not about to go; nil if there is none.
    init?(pods: [Document], orchestrator: String) {
        guard let pod = ReadyPod.find(among: pods, app: orchestrator), let name = pod["metadata"]?["name"]?.string,
            let uid = pod["metadata"]?["uid"]?.string
        else { return nil }
        self.name = name
        self.uid = uid
        restarts = pod["status"]?["containerStatuses"]?.array?.first?["restartCount"]?.integer ?? 0
        note = pod["metadata"]?["annotations"]?[Self.planAnnotation]?.string
    }

    /// Whether the process in the pod was initialised with the plan of that digest.
    func holds(_ digest: String) -> Bool { note == mark(digest) }

    /// What is noted for a plan.
    func mark(_ digest: String) -> String { "\(digest)/\(restarts)" }
}
