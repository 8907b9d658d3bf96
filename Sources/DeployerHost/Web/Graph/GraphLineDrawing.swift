/// The line of an edge with its label, and with an arrow where something flows.
struct GraphLineDrawing {
    let edge: PipelineGraph.Edge
    let line: GraphLayout.Line
    /// The names of boxes by their anchors.
    let labels: [String: String]
    private static let longestName = 120
    private static let loopCorner = 10.0
    private static let loopTextGap = 8.0
    private static let narrowestLoopText = 40.0

    var svg: String {
        let told = GraphMarkup.escaped(sentence)
        return """
            <g class="graph-edge graph-\(edge.kind.rawValue)" role="img" \
            data-from="\(GraphMarkup.escaped(edge.from))" data-to="\(GraphMarkup.escaped(edge.to))">\
            <title>\(told)</title><path class="graph-line" d="\(line.isLoop ? loopPath : path)"/>\(arrow)\(label)</g>

            """
    }

    private var sentence: String {
        let from = name(edge.from)
        let to = name(edge.to)
        guard edge.kind == .data else { return "\(from) is mounted by \(to)" }
        let message = edge.message.isEmpty ? "" : ": \(GraphMarkup.shortened(edge.message, to: Self.longestName))"
        let operation =
            edge.operation.isEmpty ? "" : " (\(GraphMarkup.shortened(edge.operation, to: Self.longestName)))"
        return "\(from) to \(to)\(message)\(operation)"
    }

    private func name(_ anchor: String) -> String {
        GraphMarkup.shortened(labels[anchor] ?? anchor, to: Self.longestName)
    }

    /// The points with the last one drawn back to where the arrow begins.
    private var points: [GraphLayout.Point] {
        var points = line.points
        guard edge.kind == .data, let tip = points.last, let before = points.dropLast().last else { return points }
        if line.isLoop {
            points[points.count - 1].y = tip.y - GraphMetrics.arrowLength
        } else {
            points[points.count - 1].x += before.x < tip.x ? -GraphMetrics.arrowLength : GraphMetrics.arrowLength
        }
        return points
    }

    private var path: String {
        let number = GraphMarkup.number
        var result = ""
        var last: GraphLayout.Point?
        for point in points {
            defer { last = point }
            guard let start = last else {
                result += "M\(number(point.x)) \(number(point.y))"
                continue
            }
            guard abs(start.y - point.y) >= 0.05 else {
                result += "H\(number(point.x))"
                continue
            }
            let middle = number((start.x + point.x) / 2)
            result += "C\(middle) \(number(start.y)) \(middle) \(number(point.y)) \(number(point.x)) \(number(point.y))"
        }
        return result
    }

    private var loopPath: String {
        let points = points
        guard points.count == 4 else { return "" }
        let number = GraphMarkup.number
        let (corner, top) = (Self.loopCorner, points[1].y)
        let round = number(corner)
        return """
            M\(number(points[0].x)) \(number(points[0].y))V\(number(top + corner))\
            a\(round) \(round) 0 0 0 -\(round) -\(round)H\(number(points[2].x + corner))\
            a\(round) \(round) 0 0 0 -\(round) \(round)V\(number(points[3].y))
            """
    }

    private var arrow: String {
        guard edge.kind == .data, let tip = line.points.last, let before = line.points.dropLast().last else {
            return ""
        }
        let length = GraphMarkup.number(GraphMetrics.arrowLength)
        let place = "M\(GraphMarkup.number(tip.x)) \(GraphMarkup.number(tip.y))"
        let head = line.isLoop ? "l-4.5 -\(length)h9z" : "l\(before.x < tip.x ? "-" : "")\(length) -4.5v9z"
        return #"<path class="graph-arrow" d="\#(place)\#(head)"/>"#
    }

    private var label: String {
        guard let frame = line.label else { return "" }
        if line.isLoop { return loopLabel(in: frame) }
        guard let texts = EdgeLabel(edge) else { return "" }
        let middle = frame.y + frame.height / 2
        return text("graph-message", texts.message, x: frame.midX, y: middle - 6)
            + text("graph-operation", texts.operation, x: frame.midX, y: middle + 14)
    }

    /// Both texts above the line, the operations as far as there is room left.
    private func loopLabel(in frame: GraphLayout.Rect) -> String {
        let size = GraphMetrics.smallSize
        let message = GraphText.fitted(edge.message, width: frame.width, size: size)
        let room = frame.width - GraphText.width(message, size: size) - Self.loopTextGap
        let operation = room < Self.narrowestLoopText ? "" : GraphText.fitted(edge.operation, width: room, size: size)
        let gap = message.isEmpty ? "" : " dx=\"\(GraphMarkup.number(Self.loopTextGap))\""
        let rest =
            operation.isEmpty
            ? "" : "<tspan class=\"graph-operation\"\(gap)>\(GraphMarkup.escaped(operation))</tspan>"
        let place = "x=\"\(GraphMarkup.number(frame.midX))\" y=\"\(GraphMarkup.number(frame.maxY - 6))\""
        return "<text class=\"graph-message\" \(place)>\(GraphMarkup.escaped(message))\(rest)</text>"
    }

    private func text(_ style: String, _ content: String, x: Double, y: Double) -> String {
        guard !content.isEmpty else { return "" }
        let place = "x=\"\(GraphMarkup.number(x))\" y=\"\(GraphMarkup.number(y))\""
        return "<text class=\"\(style)\" \(place)>\(GraphMarkup.escaped(content))</text>"
    }
}
