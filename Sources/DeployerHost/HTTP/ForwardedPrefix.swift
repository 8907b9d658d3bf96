/// The header `X-Forwarded-Prefix`: the path that a proxy took off before it passed a request on.
enum ForwardedPrefix {
    /// The path, empty where there is none; a header that is no such path, for instance a list of several, is ignored:
    /// links are relative and work without it.
    /// - Parameter header: of a trusted proxy; nil where there is no such header or proxy.
    static func path(_ header: String?) -> String {
        guard let header, header.utf8.count <= longest else { return "" }
        return PublicPrefix.normalized(header) ?? ""
    }

    /// Longer ones would crowd out what else a cookie or a line of the log has to hold.
    private static let longest = 256
}
