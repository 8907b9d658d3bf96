internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// `GET /getSolutionZip/{solutionId}/{revisionId}`: the download that the portal's links have always meant.
struct DownloadRoutes {
    let live: LiveDeployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("getSolutionZip/:solutionId/:revisionId") { _, context in try await download(context) }
    }

    private func download(_ context: DeployerRequestContext) async throws -> Response {
        let reference = try context.reference()
        let deployer = live.current
        let user = context.session?.user
        guard user != nil || deployer.configuration.anonymousDownload else { throw TokenError.missing }
        guard let target = deployer.targets.solutionZip(for: user) else {
            throw Problem(
                .notFound,
                "Downloads are not enabled",
                detail: "No target of this host makes a solution.zip.",
                remedy: "Ask the administrator to enable a target with the capability solution-zip/v1."
            )
        }
        guard user != nil || target.access == nil else { throw TokenError.missing }
        try target.admit(user)
        let (artifact, _) = try await deployer.artifact(
            reference,
            of: target,
            options: try context.session.map { try target.completed([:], for: $0.user) } ?? [:],
            user: context.catalogueUser
        )
        return Response(file: artifact)
    }
}

extension Response {
    /// A file to save.
    init(file: DeploymentOutcome.Artifact) {
        let isPlain = { (sign: Character) in sign.isASCII && (sign.isLetter || sign.isNumber || "-_.".contains(sign)) }
        let name = String(file.fileName.map { isPlain($0) ? $0 : "_" })
        let headers: HTTPFields = [
            .contentType: file.mediaType, .contentDisposition: "attachment; filename=\(name)",
        ]
        self.init(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}
