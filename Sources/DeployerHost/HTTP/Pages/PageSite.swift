internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// What all routes of pages share.
struct PageSite: Sendable {
    let live: LiveDeployer
    let engine: DeploymentEngine
    let pages: Pages
    let drafts: DraftStore
    let tokens: FormToken
    let entries: EntryLedger

    /// What the pages of a request have in common.
    func setting(_ request: Request, _ context: DeployerRequestContext) -> PageSetting {
        let configuration = live.current.configuration
        return PageSetting(
            root: context.root(of: request),
            user: context.session?.user,
            csrf: context.session.map(tokens.issue) ?? "",
            now: engine.now(),
            portal: configuration.portal,
            hasDocumentation: configuration.documentation
        )
    }

    func render(
        _ page: some PageContent,
        _ request: Request,
        _ context: DeployerRequestContext,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        try pages.render(page, setting(request, context), status: status)
    }
}

extension DeployerRequestContext {
    /// The relative way from a page to the host's root. Browsers take a path with a slash at its end for one level more.
    func root(of request: Request) -> String {
        let depth = request.localPath(behind: publicPrefix).count { $0 == "/" } - 1
        return depth <= 0 ? "./" : String(repeating: "../", count: depth)
    }
}

extension Request {
    /// The path without the public prefix, which a proxy may or may not have taken off.
    func localPath(behind prefix: String) -> Substring {
        let path = uri.path
        return !prefix.isEmpty && path.hasPrefix(prefix + "/") ? path.dropFirst(prefix.count) : path[...]
    }
}

extension Response {
    /// To another page, after a form: the browser gets it with GET.
    static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }
}
