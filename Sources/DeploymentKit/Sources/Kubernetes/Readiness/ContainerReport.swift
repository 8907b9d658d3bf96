internal import Documents

/// What a pod tells of one of its containers.
struct ContainerReport {
    let pod: String
    let node: String
    let container: String
    let image: String
    /// The memory limit as it was written, for instance `512Mi`.
    let memoryLimit: String?
    let restarts: Int
    let waiting: Document?
    let terminated: Document?
    /// How the run before ended.
    let lastTerminated: Document?
    /// Events of this container, newest first.
    let events: [ClusterEvent]

    /// The containers in the order in which they start, initialising ones first.
    static func all(of pod: Document, events: [ClusterEvent]) -> [ContainerReport] {
        let lists = [("initContainerStatuses", "initContainers"), ("containerStatuses", "containers")]
        return lists.flatMap { statuses, specifications in
            (pod["status"]?[statuses]?.array ?? []).map { status in
                let name = status["name"]?.string
                let specification = pod["spec"]?[specifications]?.array?.first { $0["name"]?.string == name }
                let field = "spec.\(specifications){\(name ?? "")}"
                return ContainerReport(pod, status, specification ?? .null, events.filter { $0.field == field })
            }
        }
    }

    private init(_ pod: Document, _ status: Document, _ specification: Document, _ events: [ClusterEvent]) {
        self.pod = pod.name ?? ""
        self.events = events
        node = pod.nodeName ?? ""
        container = status["name"]?.string ?? ""
        image = specification["image"]?.string ?? status["image"]?.string ?? ""
        memoryLimit = specification["resources"]?["limits"]?["memory"]?.string
        restarts = status["restartCount"]?.integer ?? 0
        waiting = status["state"]?["waiting"]
        terminated = status["state"]?["terminated"]
        lastTerminated = status["lastState"]?["terminated"]
    }

    /// For the beginning of a sentence.
    var place: String { "container \"\(container)\" of pod \"\(pod)\"" }

    /// The log of the run that ended last.
    var logs: LogSource { LogSource(pod: pod, container: container, isPrevious: terminated == nil) }
}
