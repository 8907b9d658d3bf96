internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `/openapi.yaml`, the same as JSON, and `/docs`, a page that lays it out; for everybody, where switched on.
struct DocumentationRoutes {
    private let json: [UInt8]

    /// - Throws: for a description that is no YAML; a test keeps that from happening.
    init() throws {
        let limits = DocumentLimits(bytes: 1 << 20, depth: 64, values: 50_000)
        json = try YAMLText(yaml: PackageResources.openapi_yaml, limits: limits).value.json()
    }

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        add("openapi.yaml", "application/yaml; charset=utf-8", PackageResources.openapi_yaml, to: router)
        add("openapi.json", "application/json", json, to: router)
        add("docs", "text/html; charset=utf-8", PackageResources.docs_html, to: router)
    }

    private func add(
        _ path: RouterPath,
        _ mediaType: String,
        _ bytes: [UInt8],
        to router: some RouterMethods<DeployerRequestContext>
    ) {
        router.get(path) { _, _ in
            let headers: HTTPFields = [.contentType: mediaType, .cacheControl: "no-cache"]
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}
