/// A number that goes up and down.
struct Gauge: Metric {
    let description: MetricDescription
    private let table: SeriesTable<Double>

    init(_ name: String, help: String, labels: [String] = []) {
        description = MetricDescription(name, .gauge, help: help, labels: labels)
        table = SeriesTable(labelCount: labels.count)
    }

    /// - Parameter labels: a value for each label, in the order of the labels.
    func set(_ value: Double, _ labels: String...) { table.update(labels, initial: 0) { $0 = value } }

    /// - Parameter labels: a value for each label, in the order of the labels.
    func add(_ amount: Double, _ labels: String...) { table.update(labels, initial: 0) { $0 += amount } }

    func samples() -> MetricSamples { table.samples { .number($0) } }
}
