internal import HTTPTypes

/// What the page of an error shows.
struct ErrorPage: PageContent {
    static let template = "error"
    var pageTitle: String { what }

    let root: String
    let status: Int
    let what: String
    let why: String
    let node: String?
    let field: String?
    let remedy: String?
    let deploymentPath: String?
    let portal: String?
    let isSignedIn: Bool

    init(_ problem: Problem, setting: PageSetting) {
        root = setting.root
        status = problem.status.code
        what = problem.title
        why = problem.detail
        node = problem.node
        field = problem.field
        remedy = problem.remedy
        deploymentPath = problem.deployment.map { "deployments/\($0)" }
        portal = setting.portal
        isSignedIn = problem.status != .unauthorized
    }
}
