internal import HTTPTypes
internal import Hummingbird
internal import Mustache

/// The pages, rendered from templates that are part of the executable.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let assets: Assets

    /// - Throws: for a template that cannot be parsed; a test keeps that from happening.
    init(assets: Assets) throws {
        self.assets = assets
        var library = MustacheLibrary()
        for (name, template) in Self.templates {
            try library.register(String(decoding: template, as: UTF8.self), named: name)
        }
        self.library = library
    }

    private static var templates: [(String, [UInt8])] {
        [
            ("again", PackageResources.again_mustache), ("badge", PackageResources.badge_mustache),
            ("deploy", PackageResources.deploy_mustache), ("deployment", PackageResources.deployment_mustache),
            ("deployments", PackageResources.deployments_mustache), ("error", PackageResources.error_mustache),
            ("field", PackageResources.field_mustache), ("fields", PackageResources.fields_mustache),
            ("finding", PackageResources.finding_mustache), ("layout", PackageResources.layout_mustache),
            ("logs", PackageResources.logs_mustache), ("pipeline", PackageResources.pipeline_mustache),
            ("preview", PackageResources.preview_mustache), ("problems", PackageResources.problems_mustache),
            ("targets", PackageResources.targets_mustache),
        ]
    }

    /// The page as an answer.
    func render(
        _ page: some PageContent,
        _ setting: PageSetting,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        guard let content = library.render(page, withTemplate: type(of: page).template) else {
            throw HTTPError(.internalServerError)
        }
        let frame = PageFrame(page, setting, version: assets.version, content: content)
        guard let html = library.render(frame, withTemplate: "layout") else { throw HTTPError(.internalServerError) }
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    /// The page of an error.
    func error(_ problem: Problem, _ setting: PageSetting) throws -> Response {
        var response = try render(ErrorPage(problem, setting: setting), setting, status: problem.status)
        if problem.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        if let retryAfter = problem.retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }
}
