/// The box of a node: a link with shape, texts, and the state.
struct GraphBoxDrawing {
    let node: PipelineGraph.Node
    let frame: GraphLayout.Rect
    let prefix: String
    private static let corner = 10.0
    private static let symbolSize = 14.0

    var svg: String {
        let word = node.state == nil ? nil : node.stateWord ?? node.state?.rawValue
        let label = told([node.label, node.sublabel], separator: ", ")
        return """
            <a class="graph-node \(kindClass)\(node.state.map { " state-\($0.rawValue)" } ?? "")" href="#\(node.anchor)" \
            data-node="\(GraphMarkup.escaped(node.name))" data-role="\(node.kind.rawValue)" data-label="\(label)" \
            aria-label="\(told([node.label, node.sublabel, word], separator: ", "))">\
            <title>\(told([node.label, node.sublabel] + node.details, separator: "\n"))</title>\
            \(shape)\(texts(word: word))</a>

            """
    }

    private var kindClass: String {
        switch node.kind {
        case .model: "graph-model"
        case .sharedFolder: "graph-shared-folder"
        case .orchestrator: "graph-orchestrator"
        }
    }

    private func told(_ parts: [String?], separator: String) -> String {
        GraphMarkup.escaped(parts.compactMap(\.self).map { GraphMarkup.shortened($0) }.joined(separator: separator))
    }

    private var shape: String {
        guard node.kind == .sharedFolder else {
            return #"<rect class="graph-box" \#(rectangle(frame)) rx="\#(GraphMarkup.number(Self.corner))"/>"#
        }
        let number = GraphMarkup.number
        let tab = GraphMetrics.tabHeight
        let (body, round) = (frame.height - tab, Self.corner)
        let curve = number(round)
        return """
            <path class="graph-box" d="M\(number(frame.x)) \(number(frame.y + round))a\(curve) \(curve) 0 0 1 \(curve) \
            -\(curve)h44a8 8 0 0 1 6 3l6 \(number(tab - 3))h\(number(frame.width - 56 - 2 * round))a\(curve) \(curve) 0 0 1 \
            \(curve) \(curve)v\(number(body - 2 * round))a\(curve) \(curve) 0 0 1 -\(curve) \(curve)h-\
            \(number(frame.width - 2 * round))a\(curve) \(curve) 0 0 1 -\(curve) -\(curve)z"/>
            """
    }

    private func texts(word: String?) -> String {
        guard node.kind != .orchestrator else { return barTexts(word: word) }
        let tab = node.kind == .sharedFolder ? GraphMetrics.tabHeight : 0
        let content = GraphMetrics.boxHeight + (word == nil ? 0 : GraphMetrics.stateHeight)
        let top = frame.y + tab + (frame.height - tab - content) / 2
        let x = frame.x + GraphMetrics.padding
        let room = frame.width - 2 * GraphMetrics.padding
        var result = text(
            "graph-name", GraphText.fitted(node.label, width: room, size: GraphMetrics.nameSize), x: x, y: top + 27)
        if let sublabel = node.sublabel {
            let fitted = GraphText.fitted(sublabel, width: room, size: GraphMetrics.smallSize)
            result += text("graph-sublabel", fitted, x: x, y: top + 44)
        }
        if let word { result += self.state(word, x: x, y: top + 67, room: room) }
        return result
    }

    private func barTexts(word: String?) -> String {
        let bar = OrchestratorBar(node)
        let baseline = frame.y + frame.height / 2 + 4.5
        var result = text("graph-name", bar.label, x: frame.x + GraphMetrics.padding, y: baseline)
        result += text("graph-sublabel", bar.sublabel, x: frame.x + bar.sublabelX, y: baseline)
        let room = GraphMetrics.narrowestBox - 2 * GraphMetrics.padding
        if let word { result += self.state(word, x: frame.x + bar.stateX, y: baseline, room: room) }
        return result
    }

    private func state(_ word: String, x: Double, y: Double, room: Double) -> String {
        let gap = 7.0
        let size = GraphMarkup.number(Self.symbolSize)
        let fitted = GraphText.fitted(word, width: room - Self.symbolSize - gap, size: GraphMetrics.stateSize)
        return """
            <use class="graph-state-symbol" href="#\(prefix)-symbol-\((node.state ?? .unknown).rawValue)" \
            x="\(GraphMarkup.number(x))" y="\(GraphMarkup.number(y - 11))" width="\(size)" height="\(size)"/>
            """ + text("graph-state-word", fitted, x: x + Self.symbolSize + gap, y: y)
    }

    private func text(_ style: String, _ content: String, x: Double, y: Double) -> String {
        let place = "x=\"\(GraphMarkup.number(x))\" y=\"\(GraphMarkup.number(y))\""
        return "<text class=\"\(style)\" \(place)>\(GraphMarkup.escaped(content))</text>"
    }

    private func rectangle(_ frame: GraphLayout.Rect) -> String {
        let number = GraphMarkup.number
        return """
            x="\(number(frame.x))" y="\(number(frame.y))" width="\(number(frame.width))" height="\(number(frame.height))"
            """
    }
}
