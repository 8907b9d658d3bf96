internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// `/openapi.yaml`, the same as JSON, and `/docs`, a page that lays it out; for everybody, where switched on.
struct DocumentationRoutes {
    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("openapi.yaml") { _, _ in
            Self.answer("application/yaml; charset=utf-8", PackageResources.openapi_yaml)
        }
        router.get("docs") { _, _ in Self.answer("text/html; charset=utf-8", PackageResources.docs_html) }
        // Made for each request: few ask, and a host that nobody asks stays small.
        router.get("openapi.json") { _, _ in Self.answer("application/json", try Self.json()) }
    }

    /// The description as JSON.
    /// - Throws: for a description that is no YAML; a test keeps that from happening.
    static func json() throws -> [UInt8] {
        let limits = DocumentLimits(bytes: 1 << 20, depth: 64, values: 50_000)
        return try YAMLText(yaml: PackageResources.openapi_yaml, limits: limits).value.json()
    }

    private static func answer(_ mediaType: String, _ bytes: [UInt8]) -> Response {
        let headers: HTTPFields = [.contentType: mediaType, .cacheControl: "no-cache"]
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
