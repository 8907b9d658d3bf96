internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `GET /api/v1/targets`: what can be deployed to. Administrators also see the modules that were rejected, and why.
struct TargetRoutes {
    let targets: TargetRegistry

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("api/v1/targets") { _, context in
            let isAdministrator = context.session?.user.isAdministrator ?? false
            return Response(json: try TargetListing(targets).document(withRejected: isAdministrator))
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
