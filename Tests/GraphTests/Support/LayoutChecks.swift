@testable import DeployerHost

extension GraphLayout {
    /// Pairs of boxes or labels that cover each other.
    var overlaps: [String] {
        let frames =
            boxes.map { ("box \($0.node)", $0.frame) }
            + lines.compactMap { line in line.label.map { ("label \(line.edge)", $0) } }
        let sorted = frames.sorted { $0.1.x < $1.1.x }
        var result: [String] = []
        for (index, first) in sorted.enumerated() {
            for second in sorted[(index + 1)...] {
                guard second.1.x < first.1.maxX else { break }
                if first.1.overlaps(second.1) { result.append("\(first.0) and \(second.0)") }
            }
        }
        return result
    }

    /// Lines that pass through a box, or come to or leave a point that is not at the side of theirs.
    func strayLines(in graph: PipelineGraph) -> [String] {
        let frames = Dictionary(uniqueKeysWithValues: boxes.map { (graph.nodes[$0.node].anchor, $0.frame) })
        return lines.flatMap { line -> [String] in
            let edge = graph.edges[line.edge]
            var problems: [String] = []
            for (point, anchor) in [(line.points.first, edge.from), (line.points.last, edge.to)] {
                if let point, let frame = frames[anchor], frame.touches(point) { continue }
                problems.append("line \(line.edge) misses \(anchor)")
            }
            for (start, end) in zip(line.points, line.points.dropFirst()) {
                let span = Rect(
                    x: min(start.x, end.x), y: min(start.y, end.y), width: abs(start.x - end.x),
                    height: abs(start.y - end.y))
                let isCrossed = boxes.contains { $0.frame.overlaps(span) }
                if isCrossed { problems.append("line \(line.edge) passes through a box") }
            }
            return problems
        }
    }
}

extension GraphLayout.Rect {
    private static let tolerance = 0.01

    /// Whether they cover each other; a line at the border does not count.
    fileprivate func overlaps(_ other: Self) -> Bool {
        x + Self.tolerance < other.maxX && other.x + Self.tolerance < maxX && y + Self.tolerance < other.maxY
            && other.y + Self.tolerance < maxY
    }

    fileprivate func touches(_ point: GraphLayout.Point) -> Bool {
        let isBeside = min(abs(point.x - x), abs(point.x - maxX)) < Self.tolerance && point.y > y && point.y < maxY
        let isAbove = abs(point.y - y) < Self.tolerance && point.x > x && point.x < maxX
        return isBeside || isAbove
    }
}
