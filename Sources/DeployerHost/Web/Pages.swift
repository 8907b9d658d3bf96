internal import HTTPTypes
internal import FoundationEssentials
internal import Hummingbird
internal import Mustache
internal import Secrets

/// The pages, rendered from templates that are part of the executable.
struct Pages: Sendable {
    /// The style sheet's digest as a source of the content security policy.
    let styleSource: String
    private let library: MustacheLibrary
    private let style: String

    init() throws {
        style = String(decoding: PackageResources.site_css, as: UTF8.self)
        styleSource = Self.source(of: style)
        var library = MustacheLibrary()
        for (name, template) in [
            ("layout", PackageResources.layout_mustache), ("deploy", PackageResources.deploy_mustache),
            ("error", PackageResources.error_mustache),
        ] {
            try library.register(String(decoding: template, as: UTF8.self), named: name)
        }
        self.library = library
    }

    func deploy(_ page: DeployPage) throws -> Response { try render("deploy", page, status: .ok) }

    func error(_ problem: Problem) throws -> Response {
        var response = try render("error", ErrorPage(problem), status: problem.status)
        if problem.status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }

    private func render(_ template: String, _ page: some PageContent, status: HTTPResponse.Status) throws -> Response {
        guard let content = library.render(page, withTemplate: template) else { throw HTTPError(.internalServerError) }
        let frame = Frame(title: page.title, style: style, content: content)
        guard let html = library.render(frame, withTemplate: "layout") else { throw HTTPError(.internalServerError) }
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    private struct Frame {
        let title: String
        let style: String
        let content: String
    }

    /// `'sha256-…'` of a style element's text (CSP level 3).
    private static func source(of style: String) -> String {
        let hex = SHA256(hashing: style.utf8).hex
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16)
        }
        return "'sha256-\(Data(bytes).base64EncodedString())'"
    }
}

/// What a template is filled with.
protocol PageContent {
    /// The text of the browser's tab.
    var title: String { get }
}
