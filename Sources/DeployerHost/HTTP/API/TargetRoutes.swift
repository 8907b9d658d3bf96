internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `GET /api/v1/targets`: what can be deployed to. Administrators see all of it: who
/// may use what, the modules that were rejected, and what became of the configuration.
struct TargetRoutes {
    let live: LiveDeployer

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("api/v1/targets") { _, context in
            let listing = TargetListing(live.current)
            guard let user = context.session?.user, user.isAdministrator else {
                return Response(json: try listing.document(for: context.session?.user))
            }
            return Response(json: try listing.administratorDocument())
        }
    }
}

extension Response {
    /// An answer in JSON.
    init(json document: Document, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document.json()))
        )
    }
}
