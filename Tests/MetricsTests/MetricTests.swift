import Testing

@testable import DeployerHost

@Suite("A metric")
struct MetricTests {
    /// A metric's numbers by their first label.
    private static func numbers(_ metric: some Metric) -> [String: Double] {
        metric.samples().series.reduce(into: [:]) { numbers, series in
            guard case .number(let number) = series.value else { return }
            numbers[series.labels.first ?? ""] = number
        }
    }

    @Test("counts upwards only")
    func counter() {
        let counter = Counter("calls_total", help: "")
        #expect(Self.numbers(counter) == [:])
        counter.increment()
        for amount in [2.5, 0, -1, .nan] { counter.increment(by: amount) }
        #expect(Self.numbers(counter) == ["": 3.5])
    }

    @Test("goes up and down where it is a gauge, each label set on its own")
    func gauge() {
        let gauge = Gauge("streams", help: "", labels: ["kind"])
        gauge.add(1, "a")
        gauge.add(1, "a")
        gauge.add(-3, "a")
        gauge.set(5, "b")
        gauge.set(4, "b")
        #expect(Self.numbers(gauge) == ["a": -1, "b": 4])
    }

    @Test("is the same value in every copy")
    func copies() {
        let counter = Counter("calls_total", help: "")
        let copy = counter
        copy.increment()
        #expect(Self.numbers(counter) == ["": 1])
    }

    @Test("loses nothing of what many threads count")
    func threads() async {
        let counter = Counter("calls_total", help: "", labels: ["who"])
        let histogram = Histogram("seconds", help: "", bounds: [1])
        await withTaskGroup { group in
            for number in 0..<16 {
                group.addTask {
                    for _ in 0..<1_000 {
                        counter.increment("\(number % 2)")
                        histogram.observe(Double(number % 4))
                    }
                }
            }
        }
        #expect(Self.numbers(counter) == ["0": 8_000, "1": 8_000])
        guard case .histogram(let state) = histogram.samples().series.first?.value else {
            Issue.record("there is no histogram")
            return
        }
        #expect(state.counts == [8_000, 8_000])
        #expect(state.sum == 24_000)
    }

    @Test("takes a thousand label sets, and counts what it drops")
    func cardinality() {
        let counter = Counter("calls_total", help: "", labels: ["who"])
        for number in 0..<1_010 { counter.increment("\(number)") }
        counter.increment("999")
        let samples = counter.samples()
        #expect(samples.series.count == 1_000)
        #expect(samples.dropped == 10)
        #expect(Self.numbers(counter)["999"] == 2)
        var registry = MetricRegistry(prefix: "x")
        _ = registry.add(counter)
        let text = String(decoding: registry.text(), as: UTF8.self)
        #expect(text.hasSuffix("\nx_dropped_updates_total{metric=\"calls_total\"} 10\n"))
    }

    @Test(
        "has a name that Prometheus takes",
        arguments: [
            ("a_b1", true), ("_a", true), ("A", true), ("", false),
            ("1a", false), ("__a", false), ("a-b", false), ("a b", false), ("ä", false), ("a:b", false), ("a{", false),
        ])
    func names(name: String, isName: Bool) {
        #expect(MetricDescription.isName(name) == isName)
    }
}
