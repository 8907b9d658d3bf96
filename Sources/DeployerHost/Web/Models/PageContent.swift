/// What a template is filled with. The names of the stored properties are those of the template.
protocol PageContent: Sendable {
    /// The name of the template.
    static var template: String { get }
    /// The text of the browser's tab.
    var pageTitle: String { get }
    /// Style sheets beside the common one.
    var styles: [String] { get }
    /// Scripts beside the common one.
    var scripts: [String] { get }
    /// The page as a part of the site; nil for one that is not in its navigation.
    var section: PageSection? { get }
    /// What browsers without JavaScript load after a while, as a query of the page's own address; nil for pages that
    /// stay. Without it they would take an address with a fragment for the same page, and only scroll.
    var refresh: String? { get }
}

extension PageContent {
    var styles: [String] { [] }
    var scripts: [String] { [] }
    var section: PageSection? { nil }
    var refresh: String? { nil }
}

/// What the navigation leads to.
enum PageSection: Sendable {
    case deployments, targets, documentation
}

/// What all pages of one request have in common.
struct PageSetting: Sendable {
    /// The relative way to the host's root: `./`, `../` and so on.
    let root: String
    /// Who looks at the page; nil for nobody who is signed in.
    let user: UserIdentity?
    /// What the page's forms must bring back.
    let csrf: String
    /// Seconds since 1970.
    let now: Double
    /// The portal's URL, for the way back.
    let portal: String?
    let hasDocumentation: Bool
}

/// What is around every page.
struct PageFrame: Sendable {
    let title: String
    let root: String
    let version: String
    let productVersion: String
    let isAdministrator: Bool
    let hasDocumentation: Bool
    let isAtDeployments: Bool
    let isAtTargets: Bool
    let isAtDocumentation: Bool
    let refresh: String?
    let styles: [String]
    let scripts: [String]
    let portal: String?
    let userName: String?
    let content: String

    init(_ page: some PageContent, _ setting: PageSetting, version: String, content: String) {
        title = page.pageTitle
        root = setting.root
        self.version = version
        productVersion = HostVersion.current
        isAdministrator = setting.user?.isAdministrator ?? false
        hasDocumentation = setting.hasDocumentation
        isAtDeployments = page.section == .deployments
        isAtTargets = page.section == .targets
        isAtDocumentation = page.section == .documentation
        refresh = page.refresh
        styles = page.styles
        scripts = page.scripts
        portal = setting.portal
        userName = setting.user?.name
        self.content = content
    }
}
