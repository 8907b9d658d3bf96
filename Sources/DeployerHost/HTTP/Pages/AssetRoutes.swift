internal import HTTPTypes
internal import Hummingbird

/// `/assets/{name}`: style sheets, scripts and pictures, for everybody and for ever.
struct AssetRoutes {
    let assets: Assets

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("assets/:name") { request, context in
            guard let file = assets[context.parameters.get("name") ?? ""] else { throw HTTPError(.notFound) }
            let isCurrent = request.uri.queryParameters["v"].map(String.init) == assets.version
            let headers: HTTPFields = [
                .contentType: file.mediaType,
                .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
            ]
            return Response(
                status: .ok,
                headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: file.bytes))
            )
        }
    }
}
