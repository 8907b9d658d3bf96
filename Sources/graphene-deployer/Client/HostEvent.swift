import DeployerHost
import Documents
import TargetContract

/// An event of a deployment, as a host tells it.
struct HostEvent: Sendable, Hashable {
    /// Counted from 1 in each deployment.
    let number: Int
    /// Seconds since 1970.
    let time: Double
    let event: DeploymentEvent
    /// All members as the host sent them.
    let document: Document

    /// - Throws: `HostFailure` where it is no event.
    init(_ document: Document) throws(HostFailure) {
        guard let number = document["id"]?.integer, let kind = document["kind"]?.string,
            let time = document["time"]?.string.flatMap(TimeText.seconds)
        else { throw .unreadable("an event lacks its number, kind or time") }
        self.number = number
        self.time = time
        self.document = document
        event = DeploymentEvent(
            DeploymentEvent.Kind(rawValue: kind),
            node: document["node"]?.string,
            state: document["state"]?.string,
            text: document["text"]?.string ?? "",
            remedy: document["remedy"]?.string,
            logs: document["logs"]?.array?.compactMap(\.string),
            url: document["url"]?.string
        )
    }
}
