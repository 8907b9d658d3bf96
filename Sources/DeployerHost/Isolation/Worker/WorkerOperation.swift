internal import Passes
internal import TargetContract

/// One call of a target in a worker.
struct WorkerOperation: Sendable {
    private let target: LoadedTarget
    private let call: WorkerCall
    private let given: [String: String]
    private let attachment: [UInt8]?
    private let connection: WorkerConnection

    init(
        _ target: LoadedTarget,
        _ call: WorkerCall,
        given: [String: String],
        attachment: [UInt8]?,
        _ connection: WorkerConnection
    ) {
        self.target = target
        self.call = call
        self.given = given
        self.attachment = attachment
        self.connection = connection
    }

    /// Makes the call and sends what it gives.
    func perform() async {
        do {
            try await answer()
        } catch {
            connection.send(.failure, WorkerFailure(error))
        }
    }

    private func answer() async throws {
        let hosted = target.hosted
        switch call.operation {
        case .plan:
            let source = try need(call.source).source(blueprint: attachment)
            connection.send(
                .result, try await hosted.plan(source, orchestratorImage: try need(call.orchestratorImage)))
        case .deploy: send(try await hosted.deploy(try need(call.plan), options: try options(), report: report))
        case .rerun: send(try await hosted.rerun(try need(call.plan), options: try options(), report: report))
        case .undeploy:
            try await hosted.undeploy(try need(call.solution), options: try options(), report: report)
            connection.send(.result, true)
        case .preview:
            connection.send(.result, try await hosted.preview(try need(call.plan), options: try options()))
        case .render:
            let files = try await hosted.render(try need(call.plan), options: try options())
            try checkSize(of: files)
            for file in files { try send(attachment: file.bytes, called: file.path) }
            connection.send(.result, files.map(\.path))
        case .status:
            connection.send(.result, try await hosted.status(of: try need(call.solution), options: try options()))
        case .logs:
            try await hosted.logs(
                of: try need(call.solution), node: call.node, follow: call.follow ?? false, options: try options()
            ) { [connection] in connection.send(.line, $0.cut) }
            connection.send(.result, true)
        case .choices:
            let known = try OptionValues(partial: given, for: target.manifest.options)
            connection.send(.result, try await hosted.choices(for: try need(call.option), given: known))
        case .suggestions: connection.send(.result, try await hosted.suggestions(for: try need(call.plan)))
        case .place:
            let place = try await hosted.place(for: try options())
            connection.send(.result, [place].compactMap(\.self))
        case .canResume: connection.send(.result, try await hosted.canResume(with: try options()))
        }
    }

    private func options() throws -> OptionValues { try OptionValues(given, for: target.manifest.options) }

    private var report: EventReporter { { [connection] in connection.send(.event, $0.cut) } }

    private func send(_ outcome: DeploymentOutcome) {
        do {
            if let artifact = outcome.artifact { try send(attachment: artifact.bytes, called: artifact.fileName) }
            connection.send(.result, OutcomeMessage(outcome))
        } catch {
            connection.send(.failure, WorkerFailure(error))
        }
    }

    private func send(attachment bytes: [UInt8], called name: String) throws(TargetError) {
        guard bytes.count <= Frame.contentLimit else {
            throw TargetError(
                .failed,
                what: "The file \(name) is too large",
                why: "it has \(bytes.count) bytes, an isolated target may hand over \(Frame.contentLimit)",
                remedy: "Ask the administrator to run this target in the host's process"
            )
        }
        connection.send(Frame(.attachment, bytes))
    }

    private func checkSize(of files: [RenderedFile]) throws(TargetError) {
        let bytes = files.reduce(0) { $0 + $1.bytes.count }
        guard files.count > Frame.fileLimit || bytes > Frame.filesLimit else { return }
        throw TargetError(
            .failed,
            what: "There are too many files",
            why: "\(files.count) files have \(bytes) bytes, an isolated target may hand over \(Frame.fileLimit) with"
                + " \(Frame.filesLimit)",
            remedy: "Ask the administrator to run this target in the host's process"
        )
    }

    private func need<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw FrameError(finding: "a call of \(call.operation.rawValue) that lacks a part") }
        return value
    }
}

extension LogLine {
    /// The line, cut to what fits into a message.
    fileprivate var cut: LogLine {
        LogLine(node: node.prefixed(by: 256), text: text.prefixed(by: WaitingLines.longest))
    }
}

extension DeploymentEvent {
    /// The event, cut to what fits into a message. That is more than the host keeps, which first takes secrets out.
    fileprivate var cut: DeploymentEvent {
        DeploymentEvent(
            kind,
            node: node?.prefixed(by: 1_024),
            state: state?.prefixed(by: 256),
            text: text.prefixed(by: 16_384),
            remedy: remedy?.prefixed(by: 8_192),
            logs: logs?.suffix(50).map { $0.prefixed(by: 1_500) },
            url: url?.prefixed(by: 8_192)
        )
    }
}
