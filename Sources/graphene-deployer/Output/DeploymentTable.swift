import DeployerHost
import Documents

/// Deployments, one in a line. Pure.
struct DeploymentTable {
    private let rows: [Row]

    private struct Row {
        var id, state, target, reference, name, version, owner, created: String

        init(_ deployment: Document) {
            let solution = deployment["solution"]
            let text = { (value: Document?) in EventLine.oneLine(value?.string ?? "") }
            id = text(deployment["id"])
            state = text(deployment["state"])
            target = text(deployment["target"])
            reference = "\(text(solution?["solutionId"]))/\(text(solution?["revisionId"]))"
            name = text(solution?["name"])
            version = text(solution?["version"])
            owner = text(deployment["owner"]?["name"])
            created = text(deployment["created"])
            if deployment["isCancelling"]?.bool == true { state += " (cancelling)" }
        }
    }

    /// - Parameter deployments: as the API shows them.
    init(_ deployments: [Document]) { rows = deployments.map(Row.init) }

    /// For other programs: with tabs, complete, without a heading.
    var separated: [String] {
        rows.map {
            [$0.id, $0.state, $0.target, $0.reference, $0.name, $0.version, $0.owner, $0.created]
                .joined(separator: "\t")
        }
    }

    /// For people: in columns, not wider than the terminal.
    /// - Parameter now: in seconds since 1970.
    func aligned(at now: Double, width: Int) -> [String] {
        guard !rows.isEmpty else { return ["no deployments"] }
        let length = idLength
        let isShared = Set(rows.map(\.owner)).count > 1
        let cells = rows.map { row in
            let solution = row.name.isEmpty ? row.reference : "\(row.name) \(row.version)"
            let age = TimeText.seconds(row.created).map { AgeText.text(of: $0, at: now) } ?? row.created
            return [String(row.id.prefix(length)), row.state, row.target, age] + (isShared ? [row.owner] : []) + [
                solution
            ]
        }
        let heading = ["ID", "STATE", "TARGET", "CREATED"] + (isShared ? ["OWNER"] : []) + ["SOLUTION"]
        return AlignedText.lines([heading] + cells, width: width)
    }

    /// As much of the ids as tells those in the table apart.
    private var idLength: Int {
        let ids = Set(rows.map(\.id))
        return (8...36).first { length in Set(ids.map { $0.prefix(length) }).count == ids.count } ?? 36
    }
}
