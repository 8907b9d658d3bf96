/// A number without labels that is read somewhere whenever it is asked for.
struct ReadMetric: Metric {
    let description: MetricDescription
    private let read: @Sendable () -> Double?

    /// - Parameters:
    ///   - kind: `counter` or `gauge`.
    ///   - read: nil where there is no value now.
    init(_ name: String, _ kind: MetricDescription.Kind, help: String, read: @escaping @Sendable () -> Double?) {
        assert(kind != .histogram, "\(name) is read as one number")
        description = MetricDescription(name, kind, help: help)
        self.read = read
    }

    func samples() -> MetricSamples {
        MetricSamples(series: read().map { [MetricSamples.Series(labels: [], value: .number($0))] } ?? [])
    }
}
