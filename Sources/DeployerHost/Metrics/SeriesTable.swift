internal import Synchronization

/// The values of one metric by their labels; at most so many sets of labels.
final class SeriesTable<Value: Sendable>: Sendable {
    private struct State {
        var values: [[String]: Value] = [:]
        var dropped = 0
    }

    private let labelCount: Int
    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: label sets; what comes with another one then is counted and forgotten. Labels that clients can
    ///   choose would fill the memory otherwise.
    init(labelCount: Int, limit: Int = 1_000) {
        self.labelCount = labelCount
        self.limit = limit
    }

    /// Changes the value of a label set, which begins with `initial`.
    func update(_ labels: [String], initial: @autoclosure () -> Value, _ body: (inout Value) -> Void) {
        assert(labels.count == labelCount, "a metric with \(labelCount) labels was given \(labels.count)")
        guard labels.count == labelCount else { return }
        state.withLock { state in
            guard state.values[labels] != nil || state.values.count < limit else {
                state.dropped += 1
                return
            }
            body(&state.values[labels, default: initial()])
        }
    }

    func samples(_ sample: (Value) -> MetricSamples.Value) -> MetricSamples {
        let state = state.withLock { $0 }
        let series = state.values.map { MetricSamples.Series(labels: $0, value: sample($1)) }
        return MetricSamples(series: series, dropped: state.dropped)
    }
}
