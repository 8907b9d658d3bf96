internal import Transport

/// Where solutions are handed to, and in front of which paths the playground's pages are.
struct PlaygroundAddress: Sendable, Hashable {
    private static let action = "/deploy_solution"

    private let parts: URLParts

    /// Why an address or the path of a page cannot be used, as a phrase.
    struct Problem: Error, Hashable {
        let text: String
    }

    /// - Parameter text: an http or https URL whose path ends in `/deploy_solution`: the pages are where that is.
    init(_ text: String) throws(Problem) {
        do throws(TransportError) {
            parts = try URLParts(text)
        } catch {
            throw Problem(text: error.reason)
        }
        guard parts.query == nil, !text.contains("#") else { throw Problem(text: "it has a query or a fragment") }
        guard parts.path.hasSuffix(Self.action) else { throw Problem(text: "its path does not end in \(Self.action)") }
    }

    /// Where solutions are handed to.
    var url: String { parts.text }
    var host: String { parts.host }

    /// The URL of a page that the playground names: scheme, host, port and what stands in front of `/deploy_solution`
    /// are the configured ones, path and query the playground's.
    func page(_ path: PagePath) throws(Problem) -> String {
        let url = String(parts.text.dropLast(Self.action.count)) + path.text
        // As the library reads it that would call it, the page is on the configured server.
        guard let read = try? URLParts(url),
            (read.scheme, read.host, read.port) == (parts.scheme, parts.host, parts.port)
        else { throw Problem(text: "it leads to another server") }
        return url
    }
}
