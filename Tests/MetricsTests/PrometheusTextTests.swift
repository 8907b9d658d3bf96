import Testing

@testable import DeployerHost

@Suite("Metrics as text")
struct PrometheusTextTests {
    private static func text(_ metrics: any Metric...) -> String {
        var registry = MetricRegistry(prefix: "x")
        for metric in metrics { add(metric, to: &registry) }
        return String(decoding: registry.text(), as: UTF8.self)
    }

    private static func add<Added: Metric>(_ metric: Added, to registry: inout MetricRegistry) {
        _ = registry.add(metric)
    }

    /// What the registry tells of itself.
    private static let trailer = """
        # HELP x_dropped_updates_total Updates lost because a metric has as many label sets as it may have.
        # TYPE x_dropped_updates_total counter

        """

    @Test("have help, type and a line for each label set, sorted by name and labels")
    func order() {
        let zebras = Counter("zebras_total", help: "Zebras.", labels: ["zoo", "kind"])
        let ants = Gauge("ants", help: "Ants.")
        ants.set(-1.5)
        for zoo in ["b", "a", "aa", "B"] { zebras.increment(zoo, "plain") }
        zebras.increment(by: 2, "a", "mountain")
        let expected = """
            # HELP ants Ants.
            # TYPE ants gauge
            ants -1.5
            # HELP zebras_total Zebras.
            # TYPE zebras_total counter
            zebras_total{zoo="B",kind="plain"} 1
            zebras_total{zoo="a",kind="mountain"} 2
            zebras_total{zoo="a",kind="plain"} 1
            zebras_total{zoo="aa",kind="plain"} 1
            zebras_total{zoo="b",kind="plain"} 1

            """
        #expect(Self.text(zebras, ants) == expected + Self.trailer)
        #expect(Self.text(ants, zebras) == expected + Self.trailer)
    }

    @Test("have cumulative buckets, the sum and the count for each label set of a histogram")
    func histogram() {
        let seconds = Histogram("seconds", help: "Time.", labels: ["route"], bounds: [0.005, 1, 2.5])
        for amount in [0.005, 0.006, 1, 2, 100, -1] { seconds.observe(amount, "/a") }
        for amount in [Double.nan, .infinity, -.infinity] { seconds.observe(amount, "/a") }
        seconds.observe(0.25, "/b")
        let expected = """
            # HELP seconds Time.
            # TYPE seconds histogram
            seconds_bucket{route="/a",le="0.005"} 2
            seconds_bucket{route="/a",le="1"} 4
            seconds_bucket{route="/a",le="2.5"} 5
            seconds_bucket{route="/a",le="+Inf"} 6
            seconds_sum{route="/a"} 102.011
            seconds_count{route="/a"} 6
            seconds_bucket{route="/b",le="0.005"} 0
            seconds_bucket{route="/b",le="1"} 1
            seconds_bucket{route="/b",le="2.5"} 1
            seconds_bucket{route="/b",le="+Inf"} 1
            seconds_sum{route="/b"} 0.25
            seconds_count{route="/b"} 1

            """
        #expect(Self.text(seconds) == expected + Self.trailer)
    }

    @Test("escape what would end a label's value, a help or a line")
    func escaping() {
        let odd = Counter("odd_total", help: "A \"help\" with \\ and\nline end.", labels: ["name"])
        odd.increment("a\\b\"c\nd\r\ne{},= é")
        let expected = #"""
            # HELP odd_total A "help" with \\ and\nline end.
            # TYPE odd_total counter
            odd_total{name="a\\b\"c\nd\#r\ne{},= é"} 1

            """#
        #expect(Self.text(odd) == expected.replacing("\\#r", with: "\r") + Self.trailer)
    }

    @Test(
        "write numbers as Go reads them",
        arguments: [
            (0, "0"), (-0.0, "0"), (3, "3"), (0.1, "0.1"), (-2.5, "-2.5"), (1_767_225_600.25, "1767225600.25"),
            (123_456_789_012, "123456789012"), (1e15, "1000000000000000.0"), (1e300, "1e+300"), (1e-7, "1e-07"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ] as [(Double, String)])
    func numbers(number: Double, text: String) {
        #expect(PrometheusText.text(number) == text)
    }

    @Test("have no line for a value that cannot be read")
    func unreadable() {
        let metric = ReadMetric("files", .gauge, help: "Files.") { nil }
        #expect(Self.text(metric) == "# HELP files Files.\n# TYPE files gauge\n" + Self.trailer)
    }

    @Test("are read when they are asked for")
    func read() {
        let counter = Counter("calls_total", help: "Calls.")
        let metric = ReadMetric("files", .gauge, help: "Files.") {
            counter.increment()
            return 7
        }
        #expect(Self.text(metric).contains("\nfiles 7\n"))
        #expect(Self.text(metric, counter).contains("\ncalls_total 1\n"))
        #expect(Self.text(metric, counter).contains("\ncalls_total 2\n"))
    }
}
