/// The ids that the platform gave, of the deployments that were begun last.
struct ReportMemory: Sendable {
    struct Entry: Sendable, Hashable {
        var record: PlatformID?
        var task: PlatformID?
        /// When work was begun last, in seconds since 1970.
        var began = 0.0
    }

    private var entries: [String: Entry] = [:]
    /// Oldest first.
    private var order: [String] = []
    private let limit: Int

    /// - Parameter limit: of how many deployments ids are kept.
    init(limit: Int = 10_000) { self.limit = limit }

    subscript(deployment: String) -> Entry? {
        get { entries[deployment] }
        set {
            let isKnown = entries[deployment] != nil
            entries[deployment] = newValue
            if newValue == nil {
                order.removeAll { $0 == deployment }
            } else if !isKnown {
                order.append(deployment)
                if order.count > limit { entries[order.removeFirst()] = nil }
            }
        }
    }
}
