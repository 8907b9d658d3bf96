internal import HTTPTypes
internal import Hummingbird
internal import Passes
internal import TargetContract

/// `GET /getSolutionZip/{solutionId}/{revisionId}`: the download that the portal's links have always meant.
struct DownloadRoutes {
    let deployer: Deployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("getSolutionZip/:solutionId/:revisionId") { _, context in try await download(context) }
    }

    private func download(_ context: DeployerRequestContext) async throws -> Response {
        let reference = try context.reference()
        guard let target = deployer.targets.solutionZip else {
            throw Problem(
                .notFound,
                "Downloads are not enabled",
                detail: "No target of this host makes a solution.zip.",
                remedy: "Ask the administrator to enable the module LocalYAML."
            )
        }
        let (artifact, plan) = try await deployer.artifact(
            reference,
            of: target,
            options: [:],
            user: context.catalogueUser
        )
        let digest = try plan.digest()
        let headers: HTTPFields = [
            .contentType: artifact.mediaType,
            .contentDisposition: "attachment; filename=\(artifact.fileName)",
            .eTag: "\"\(digest)\"",
        ]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: artifact.bytes)))
    }
}
