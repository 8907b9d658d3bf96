internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// `/api/v1/deployments/{id}/logs`: what the containers print, as `node<TAB>text` lines.
struct LogRoutes {
    let engine: DeploymentEngine
    let live: LiveDeployer

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
        // What fails before the first line is an error of the request.
        let first = await reading.lines.next()
        if first == nil { try await reading.task.value }
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .xAccelBuffering: "no"],
            body: ResponseBody { writer in
                defer { reading.task.cancel() }
                var batch = first
                while let lines = batch {
                    var buffer = ByteBuffer()
                    for line in lines { buffer.writeString("\(line.node)\t\(line.text)\n") }
                    try await writer.write(buffer)
                    batch = await reading.lines.next()
                }
                if case .failure(let error) = await reading.task.result, !(error is CancellationError) {
                    let problem = Problem(error)
                    try await writer.write(ByteBuffer(string: "\t\(problem.title): \(problem.detail)\n"))
                }
                try await writer.finish(nil)
            }
        )
    }
}
