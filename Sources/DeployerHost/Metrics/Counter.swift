/// A number that only grows.
struct Counter: Metric {
    let description: MetricDescription
    private let table: SeriesTable<Double>

    init(_ name: String, help: String, labels: [String] = []) {
        description = MetricDescription(name, .counter, help: help, labels: labels)
        table = SeriesTable(labelCount: labels.count)
    }

    /// - Parameters:
    ///   - amount: not negative; other amounts count as none.
    ///   - labels: a value for each label, in the order of the labels.
    func increment(by amount: Double = 1, _ labels: String...) {
        table.update(labels, initial: 0) { $0 += amount > 0 ? amount : 0 }
    }

    func samples() -> MetricSamples { table.samples { .number($0) } }
}
