internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// `/api/v1/deployments/{id}/logs`: what the containers print, as `node<TAB>text` lines.
struct LogRoutes {
    let engine: DeploymentEngine
    let live: LiveDeployer

    /// How long the answer waits for the first line; then it begins without one.
    private static let patience = Duration.seconds(5)

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("api/v1/deployments/:id/logs") { request, context in
            try await logs(request, context, options: [:])
        }
        router.post("api/v1/deployments/:id/logs") { request, context in
            let body = try await RequestObject(request, context: context, known: ["options"])
            return try await logs(request, context, options: try body.options())
        }
    }

    private func logs(
        _ request: Request,
        _ context: DeployerRequestContext,
        options: [String: String]
    ) async throws -> Response {
        let parameters = try RequestQuery(request, known: ["node", "follow"])
        let follow = parameters["follow"] ?? "false"
        guard ["true", "false"].contains(follow) else {
            throw RequestObject.malformed("follow", "must be true or false")
        }
        let reading = try await engine.readLogs(
            of: context.deploymentID(),
            for: context.signedIn(),
            node: try parameters.name("node"),
            follow: follow == "true",
            options: options,
            in: live.current
        )
        // What fails soon and before the first line is an error of the request.
        let first = try await reading.lines.next(within: Self.patience)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .xAccelBuffering: "no",
                // Who watches whether a client goes away reads what comes after its request: the server closes then.
                .connection: "close",
            ],
            body: ResponseBody { writer in
                defer { reading.cancel() }
                if let first {
                    try await writer.write(ByteBuffer(lines: first))
                    // A client that goes away is noticed also while there is nothing to write.
                    try await request.body.consumeWithInboundCloseHandler { _ in
                        try await Self.write(reading.lines) { try await writer.write($0) }
                    } onInboundClosed: {
                        reading.cancel()
                    }
                }
                try await writer.finish(nil)
            }
        )
    }

    /// Writes lines until there are no more, and then why, where that is not what was wished for.
    private static func write(_ lines: WaitingLines, _ write: (ByteBuffer) async throws -> Void) async throws {
        while true {
            let batch: [LogLine]?
            do {
                batch = try await lines.next()
            } catch is CancellationError {
                return
            } catch {
                let problem = Problem(error)
                return try await write(ByteBuffer(string: "\t\(problem.title): \(problem.detail)\n"))
            }
            guard let batch else { return }
            try await write(ByteBuffer(lines: batch))
        }
    }
}

extension ByteBuffer {
    fileprivate init(lines: [LogLine]) {
        self.init()
        for line in lines { writeString("\(line.node)\t\(line.text)\n") }
    }
}
