/// The metrics that are told together.
struct MetricRegistry: Sendable {
    private var metrics: [any Metric] = []
    /// What this registry tells of itself, under its metrics' names.
    private let droppedName: String

    /// - Parameter prefix: of the name of the registry's own metric.
    init(prefix: String) { droppedName = "\(prefix)_dropped_updates_total" }

    /// Adds a metric and returns it. A name that is there already ends a debug build.
    mutating func add<Added: Metric>(_ metric: Added) -> Added {
        assert(!metrics.contains { $0.description.name == metric.description.name }, "two metrics have one name")
        metrics.append(metric)
        return metric
    }

    /// All metrics in the text format of Prometheus, sorted by name and labels.
    func text() -> [UInt8] {
        var text = PrometheusText()
        let dropped = Counter(
            droppedName, help: "Updates lost because a metric has as many label sets as it may have.",
            labels: ["metric"])
        for metric in metrics.sorted(by: { $0.description.name < $1.description.name }) {
            let samples = metric.samples()
            text.write(metric.description, samples)
            if samples.dropped > 0 { dropped.increment(by: Double(samples.dropped), metric.description.name) }
        }
        text.write(dropped.description, dropped.samples())
        return text.bytes
    }
}
