/// Writes metrics in the text format 0.0.4 of Prometheus.
struct PrometheusText {
    /// The header `Content-Type` for it.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    /// Help, type, and a line for each value, sorted by labels.
    mutating func write(_ metric: MetricDescription, _ samples: MetricSamples) {
        append("# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n")
        append("# TYPE \(metric.name) \(metric.kind.rawValue)\n")
        for series in samples.series.sorted(by: { $0.labels.lexicographicallyPrecedes($1.labels) }) {
            let labels = zip(metric.labels, series.labels).map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
            switch series.value {
            case .number(let number): writeLine(metric.name, labels, Self.text(number))
            case .histogram(let histogram): write(metric.name, labels, histogram)
            }
        }
    }

    private mutating func write(_ name: String, _ labels: [String], _ histogram: HistogramState) {
        var total = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
            total += count
            writeLine("\(name)_bucket", labels + ["le=\"\(Self.text(bound))\""], String(total))
        }
        writeLine("\(name)_sum", labels, Self.text(histogram.sum))
        writeLine("\(name)_count", labels, String(total))
    }

    private mutating func writeLine(_ name: String, _ labels: [String], _ value: String) {
        append(labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels.joined(separator: ","))} \(value)\n")
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// As Go reads numbers.
    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.description
    }

    /// Backslashes and line ends, and quotes where they would end the text.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0x0A || $0 == UInt8(ascii: "\"") }) else {
            return text
        }
        // By scalar: a CR and a LF are one character.
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
