/// How amounts are spread over buckets.
struct Histogram: Metric {
    let description: MetricDescription
    private let table: SeriesTable<HistogramState>
    private let empty: HistogramState

    /// - Parameter bounds: the largest amounts of the buckets, ascending; one without bound is added.
    init(_ name: String, help: String, labels: [String] = [], bounds: [Double]) {
        assert(zip(bounds, bounds.dropFirst()).allSatisfy(<) && bounds.allSatisfy(\.isFinite), "\(name) has bad bounds")
        description = MetricDescription(name, .histogram, help: help, labels: labels)
        table = SeriesTable(labelCount: labels.count)
        empty = HistogramState(bounds: bounds)
    }

    /// - Parameters:
    ///   - amount: ignored where it is not finite.
    ///   - labels: a value for each label, in the order of the labels.
    func observe(_ amount: Double, _ labels: String...) {
        guard amount.isFinite else { return }
        table.update(labels, initial: empty) { $0.observe(amount) }
    }

    func samples() -> MetricSamples { table.samples { .histogram($0) } }
}

/// What a histogram knows of one set of labels.
struct HistogramState: Sendable, Hashable {
    let bounds: [Double]
    /// How many amounts each bucket holds that the one before does not; the last one has no bound.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func observe(_ amount: Double) {
        counts[bounds.firstIndex { amount <= $0 } ?? bounds.count] += 1
        sum += amount
    }
}
