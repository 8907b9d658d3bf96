import DeployerHost
import Documents
import Files
import TargetContract

/// Work that reports events and comes to an end: runs it, lets signals cancel it, and prints what became of it.
struct DeploymentRun {
    private let solution: String
    private let target: String
    private let json: Bool
    private let follow: Bool
    private let output: String?
    private let record: EventRecord

    /// - Parameters:
    ///   - json: prints one JSON object instead of text.
    ///   - follow: prints all events while they come; otherwise only warnings are, and with `json` none.
    ///   - output: where a file goes that the target hands over; nil for nowhere.
    init(_ arguments: RunArguments, json: Bool, follow: Bool, output: String? = nil) {
        solution = "\(arguments.reference)"
        target = arguments.target
        self.json = json
        self.follow = follow
        self.output = output
        record = EventRecord(showing: follow ? .all : json ? .none : .warnings)
    }

    /// Runs work that leaves a deployment, and prints its outcome.
    func outcome(_ work: @escaping @Sendable (@escaping EventReporter) async throws -> DeploymentOutcome) async throws {
        let outcome = try await recording(work, advice: adviceAfterDeploying)
        try write(outcome.artifact)
        if json { return Terminal.print(data: JSONReport(try report(outcome)).bytes) }
        Terminal.print(outcome.state.rawValue)
        for link in outcome.links { Terminal.print("link\t\(link.title)\t\(link.url)") }
    }

    /// Runs work that takes a deployment away.
    func removal(_ work: @escaping @Sendable (@escaping EventReporter) async throws -> Void) async throws {
        try await recording(work, advice: adviceAfterUndeploying)
        if json { return Terminal.print(data: JSONReport(try report(state: "removed", [:])).bytes) }
        Terminal.print("removed")
    }

    private func recording<Result: Sendable>(
        _ work: @escaping @Sendable (@escaping EventReporter) async throws -> Result,
        advice: String
    ) async throws -> Result {
        do {
            defer { record.finish() }
            return try await Interruption.cancelling { [record] in try await work { record.take($0) } }
        } catch {
            let failure = FailureReport(error)
            if json {
                Terminal.print(data: JSONReport(try report(state: failure.state, ["error": failure.error])).bytes)
            }
            if error is Interrupted { sayWhatExists(advice) }
            throw error
        }
    }

    /// After an interruption: what was done so far, and what can be done now.
    private func sayWhatExists(_ advice: String) {
        let events = record.events
        if events.isEmpty { return Terminal.say("Until then the target reported nothing.") }
        if !follow {
            Terminal.say("Until then the target reported:")
            var folding = EventFolding()
            for event in events where folding.isNews(event) { Terminal.show(EventLine(event)) }
        }
        Terminal.say(advice)
    }

    private var adviceAfterDeploying: String {
        "What was created is still there. Run the command again to go on, see graphene-deployer status, or take it "
            + "away with graphene-deployer undeploy \(solution) --target \(target) and the same options."
    }

    private var adviceAfterUndeploying: String {
        "What was not removed is still there. Run the command again to go on, or see graphene-deployer status."
    }

    private func write(_ artifact: DeploymentOutcome.Artifact?) throws {
        switch (artifact, output) {
        case (let artifact?, let output?):
            try AtomicFile.write(artifact.bytes, to: output)
            Terminal.say("wrote \(output) (\(artifact.bytes.count) bytes)")
        case (let artifact?, nil):
            Terminal.say(
                "The target hands over \(artifact.fileName) (\(artifact.bytes.count) bytes), which was not written; "
                    + "name a file with -o."
            )
        case (nil, let output?): Terminal.say("warning: \(output) was not written, the target hands over no file")
        case (nil, nil): break
        }
    }

    /// `{state, solution, target, links, artifact: {fileName, mediaType, bytes, writtenTo} or null, events}`
    private func report(_ outcome: DeploymentOutcome) throws -> Document {
        let artifact = outcome.artifact.map { artifact -> Document in
            [
                "fileName": .string(artifact.fileName), "mediaType": .string(artifact.mediaType),
                "bytes": .number(NumberLiteral(artifact.bytes.count)),
                "writtenTo": output.map(Document.string) ?? .null,
            ]
        }
        return try report(
            state: outcome.state.rawValue,
            ["links": try Document(encoding: outcome.links), "artifact": artifact ?? .null]
        )
    }

    /// `{state, solution, target, …, events}`
    private func report(state: String, _ members: DocumentObject) throws -> Document {
        var object: DocumentObject = [
            "state": .string(state), "solution": .string(solution), "target": .string(target),
        ]
        for member in members.members { object[member.key] = member.value }
        object["events"] = try record.document()
        return .object(object)
    }
}
