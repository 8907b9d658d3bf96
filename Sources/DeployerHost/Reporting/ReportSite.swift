/// The public address of this host, for links in what the platform is told.
struct ReportSite: Sendable, Hashable {
    /// Scheme, host and port; nil where nobody has configured it.
    var origin: String?
    /// The path in front of every public URL; empty for none.
    var prefix = ""

    /// The page of a deployment; nil without a public address, and for one that the platform could not keep.
    func page(of deployment: String) -> String? {
        guard let origin else { return nil }
        let page = "\(origin)\(prefix)/deployments/\(deployment)"
        return page.utf8.count <= PlatformLimits.url ? page : nil
    }
}
