import DeployerHost
import Documents

/// All about one deployment, in rows that begin with what they tell. Pure.
struct DeploymentReport {
    private let rows: [[String]]

    /// - Parameters:
    ///   - deployment: as the API shows it, with nodes and phases.
    ///   - now: in seconds since 1970.
    init(_ deployment: Document, at now: Double) {
        let members = { (name: String) in deployment[name]?.array ?? [] }
        rows =
            Self.head(deployment) + members("phases").map { Self.phase($0, at: now) } + members("nodes").map(Self.node)
            + members("nodes").flatMap(Self.logs)
            + members("links").map { ["link", Self.text($0["title"]), Self.text($0["url"])] }
            + Self.artifact(deployment["artifact"]) + Self.failure(deployment["failure"])
    }

    /// For other programs: with tabs.
    var separated: [String] { rows.map { $0.joined(separator: "\t") } }

    /// For people: what they tell stands in a column, and so do the cells of rows of one kind.
    var aligned: [String] {
        var lines: [String] = []
        var rest = rows[...]
        let label = rows.compactMap { $0.first?.displayWidth }.max() ?? 0
        while let kind = rest.first?.first {
            let group = rest.prefix { $0.first == kind }
            rest = rest.dropFirst(group.count)
            lines += AlignedText.lines(group.map { [kind.padded(to: label)] + $0.dropFirst() })
        }
        return lines
    }

    private static func head(_ deployment: Document) -> [[String]] {
        let solution = deployment["solution"]
        let reference = "\(text(solution?["solutionId"]))/\(text(solution?["revisionId"]))"
        let name = [text(solution?["name"]), text(solution?["version"])].filter { !$0.isEmpty }.joined(separator: " ")
        let state = text(deployment["state"])
        let rows = [
            ["id", text(deployment["id"])],
            ["state", deployment["isCancelling"]?.bool == true ? "\(state) (cancelling)" : state],
            ["solution", name, reference],
            ["target", text(deployment["target"])],
            ["place", text(deployment["place"]?["namespace"]), text(deployment["place"]?["server"])],
            ["owner", text(deployment["owner"]?["name"])],
            ["operation", text(deployment["operation"])],
            ["attempt", deployment["attempt"]?.integer.map(String.init) ?? ""],
            ["created", text(deployment["created"])],
            ["finished", text(deployment["finished"])],
        ]
        let options = (deployment["options"]?.object?.members ?? []).map {
            ["option", EventLine.oneLine($0.key), text($0.value)]
        }
        return rows.map { row in [row[0]] + row.dropFirst().filter { !$0.isEmpty } }.filter { $0.count > 1 } + options
    }

    private static func phase(_ phase: Document, at now: Double) -> [String] {
        let started = phase["started"]?.string.flatMap(TimeText.seconds)
        let ended = phase["ended"]?.string.flatMap(TimeText.seconds) ?? now
        let duration = started.map { DurationText.text(seconds: ended - $0) } ?? ""
        return ["phase", text(phase["state"]), duration, text(phase["text"])]
    }

    private static func node(_ node: Document) -> [String] {
        let why = [text(node["text"]), text(node["remedy"])].filter { !$0.isEmpty }
        return ["node", text(node["name"]), text(node["state"]), sentences(why)]
    }

    /// What a container printed before it failed.
    private static func logs(_ node: Document) -> [[String]] {
        (node["logs"]?.array ?? []).map { ["log", text(node["name"]), text($0)] }
    }

    private static func artifact(_ artifact: Document?) -> [[String]] {
        guard let artifact else { return [] }
        let bytes = artifact["bytes"]?.integer.map { "\($0) bytes" } ?? ""
        return [["artifact", text(artifact["fileName"]), text(artifact["mediaType"]), bytes]]
    }

    private static func failure(_ failure: Document?) -> [[String]] {
        ["what", "why", "remedy"].compactMap { name in
            let text = text(failure?[name])
            return text.isEmpty ? nil : ["failure", name, text]
        }
    }

    /// Sentences that may lack their full stops.
    private static func sentences(_ texts: [String]) -> String {
        texts.map { $0.hasSuffix(".") || texts.count == 1 ? $0 : "\($0)." }.joined(separator: " ")
    }

    private static func text(_ value: Document?) -> String { EventLine.oneLine(value?.string ?? "") }
}
