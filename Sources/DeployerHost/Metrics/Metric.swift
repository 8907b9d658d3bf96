/// Something that is measured, with a value for each set of labels.
protocol Metric: Sendable {
    var description: MetricDescription { get }

    /// What there is to tell now.
    func samples() -> MetricSamples
}

/// A metric's values at one moment.
struct MetricSamples {
    /// In any order, one for each set of label values.
    var series: [Series] = []
    /// How many updates were lost because the metric had as many label sets as it may have.
    var dropped = 0

    /// The value for one set of labels.
    struct Series {
        /// In the order of the metric's label names.
        var labels: [String]
        var value: Value
    }

    enum Value {
        case number(Double)
        case histogram(HistogramState)
    }
}
