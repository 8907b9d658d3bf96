internal import Secrets

/// Style sheets, scripts and pictures, which are part of the executable.
struct Assets: Sendable {
    /// A file as it is served.
    struct File: Sendable {
        let mediaType: String
        let bytes: [UInt8]
    }

    private let files: [String: File]
    /// Changes with any of the files, so that browsers may keep them for ever.
    let version: String

    init() {
        let script = "text/javascript; charset=utf-8"
        let style = "text/css; charset=utf-8"
        files = [
            "site.css": File(mediaType: style, bytes: PackageResources.site_css),
            "graph.css": File(mediaType: style, bytes: PackageResources.graph_css),
            "site.js": File(mediaType: script, bytes: PackageResources.site_js),
            "deploy.js": File(mediaType: script, bytes: PackageResources.deploy_js),
            "deployment-parts.js": File(mediaType: script, bytes: PackageResources.deployment_parts_js),
            "docs.css": File(mediaType: style, bytes: PackageResources.docs_css),
            "docs.js": File(mediaType: script, bytes: PackageResources.docs_js),
            "deployment.js": File(mediaType: script, bytes: PackageResources.deployment_js),
            "list.js": File(mediaType: script, bytes: PackageResources.list_js),
            "icon.svg": File(mediaType: "image/svg+xml", bytes: PackageResources.icon_svg),
        ]
        let all = files.sorted { $0.key < $1.key }.flatMap { Array($0.key.utf8) + $0.value.bytes }
        version = String(SHA256(hashing: all).hex.prefix(8))
    }

    /// The file of a name.
    subscript(name: String) -> File? { files[name] }
}
