internal import Blueprints
internal import Documents
internal import TargetContract
internal import Transport

/// The texts of a report, cut to what the platform can keep.
enum ReportText {
    /// How many links are looked at.
    private static let linkLimit = 50

    /// The target's id and the host of the cluster.
    static func target(of record: DeploymentRecord) -> String {
        let host = record.place.flatMap { try? URLParts($0.server).host }
        let words = [record.target, host].compactMap(\.self)
        return plain(words.joined(separator: " ")).prefixed(by: PlatformLimits.target)
    }

    /// A JSON object; members and web pages that do not fit are left out of it.
    static func detail(of record: DeploymentRecord, page: String?) -> String {
        var detail = BoundedObject(limit: PlatformLimits.detail)
        detail.add("deployment", .string(record.id))
        detail.add("state", .string(record.state.rawValue))
        if let place = record.place, !place.namespace.isEmpty { detail.add("namespace", .string(place.namespace)) }
        if let page { detail.add("page", .string(page)) }
        var urls: [Document] = []
        for link in links(of: record) {
            if detail.add("urls", .array(urls + [.string(link.url)])) { urls.append(.string(link.url)) }
        }
        return detail.json
    }

    /// What happened.
    static func result(_ event: StoredEvent, of record: DeploymentRecord) -> String {
        let text = record.failure.map { "\($0.what): \($0.why)" } ?? event.text
        return plain(text).prefixed(by: PlatformLimits.result)
    }

    /// What happened to which solution, with links, or with what to do.
    static func message(_ event: StoredEvent, of record: DeploymentRecord) -> String {
        let name = record.solution.map { "\($0.name) \($0.version)" } ?? "Solution \(record.reference.solutionID)"
        var sentences = [record.failure.map { "\($0.what): \($0.why)" } ?? event.text]
        if let remedy = record.failure?.remedy { sentences.append(remedy) }
        let text = sentences.map(sentence).joined(separator: " ")
        var message = plain("\(name) on \(target(of: record)): \(text)").prefixed(by: PlatformLimits.message)
        for link in links(of: record) {
            let longer = message + " \(plain(link.title)): \(link.url)"
            if longer.utf8.count <= PlatformLimits.message { message = longer }
        }
        return message
    }

    /// Web pages without query and fragment, which may hold a token. One with a user's name is none.
    private static func links(of record: DeploymentRecord) -> [DeploymentOutcome.Link] {
        record.links.prefix(linkLimit).compactMap { link in
            guard let url = try? URLParts(link.url).with(query: [:]).text else { return nil }
            let shown = url.replacing("<", with: "%3C").replacing(">", with: "%3E")
            return DeploymentOutcome.Link(title: link.title, url: shown)
        }
    }

    /// In one line, and without angle brackets: portals show such texts as HTML.
    private static func plain(_ text: String) -> String {
        let words = text.split {
            $0.isWhitespace || $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
        return words.joined(separator: " ").replacing("<", with: "‹").replacing(">", with: "›")
    }

    private static func sentence(_ text: String) -> String {
        guard let last = text.last, !".!?…".contains(last) else { return text }
        return text + "."
    }
}
