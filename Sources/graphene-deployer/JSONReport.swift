import DeployerHost
import Documents

/// Small JSON answers of commands, with a newline at the end.
struct JSONReport {
    let bytes: [UInt8]

    init(_ document: Document) { bytes = document.json(.pretty) }

    init(problems: ConfigurationProblems) {
        let list: [Document] = problems.problems.map { problem in
            [
                "key": .string(problem.key), "problem": .string(problem.text),
                "origin": problem.origin.map(Document.string) ?? .null,
            ]
        }
        self.init(["problems": .array(list)])
    }
}
