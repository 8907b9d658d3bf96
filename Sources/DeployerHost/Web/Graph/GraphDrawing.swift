/// A pipeline as SVG for the inside of a page: geometry in attributes, looks in graph.css, nothing that a content
/// security policy would have to allow.
///
/// A box is a link to `#` and its node's `anchor`. What a script changes when an event arrives, for the box with
/// `data-node` (and `data-role`, the role of the API):
///
///     <a class="graph-node state-running" …>    the class, and aria-label: data-label, a comma, the word
///     <use class="graph-state-symbol" href="#graph-symbol-running">
///     <text class="graph-state-word">           the word
struct GraphDrawing: Sendable {
    private let graph: PipelineGraph
    private let layout: GraphLayout
    private let prefix: String
    /// Drawings of these widths shrink with their page as far as texts stay readable: those that are a little wider than
    /// pages get do so by a little. Others are scrolled.
    private static func shrinking(_ width: Double) -> String {
        switch width {
        case 760...1_040: " graph-shrinks"
        case 1_040...1_250: " graph-shrinks graph-shrinks-little"
        default: ""
        }
    }

    /// - Parameter prefix: begins the ids inside; another for every drawing of a page.
    init(_ graph: PipelineGraph, prefix: String = "graph") {
        self.graph = graph
        self.prefix = GraphMarkup.identifier(prefix)
        layout = GraphLayout(graph)
    }

    /// The element for the page: a frame that scrolls, with the drawing inside.
    var svg: String {
        let (width, height) = (GraphMarkup.number(layout.width), GraphMarkup.number(layout.height))
        var text = """
            <div class="graph">
            <svg xmlns="http://www.w3.org/2000/svg" class="graph-drawing\(Self.shrinking(layout.width))" \
            width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="group" \
            aria-labelledby="\(prefix)-title" aria-describedby="\(prefix)-description">
            <title id="\(prefix)-title">\(GraphMarkup.escaped(GraphMarkup.shortened(graph.title)))</title>
            <desc id="\(prefix)-description">\(GraphMarkup.escaped(summary))</desc>

            """
        if showsStates { text += symbols }
        for box in layout.boxes {
            text += GraphBoxDrawing(node: graph.nodes[box.node], frame: box.frame, prefix: prefix).svg
        }
        let labels = Dictionary(graph.nodes.map { ($0.anchor, $0.label) }) { first, _ in first }
        for line in layout.lines {
            text += GraphLineDrawing(edge: graph.edges[line.edge], line: line, labels: labels).svg
        }
        return text + "</svg>\n\(remark)</div>\n"
    }

    private var showsStates: Bool { graph.nodes.contains { $0.state != nil } }

    /// The drawing in a sentence.
    private var summary: String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        let folders = graph.nodes.count { $0.kind == .sharedFolder }
        var parts = [count(graph.nodes.count { $0.kind == .model }, "container")]
        if folders > 0 { parts.append(count(folders, "shared folder")) }
        parts.append(count(layout.lines.count, "link"))
        return parts.joined(separator: ", ")
            + (graph.nodes.contains { $0.kind == .orchestrator } ? ", orchestrated" : "")
    }

    /// Each state's symbol once; boxes refer to them.
    private var symbols: String {
        let symbols = GraphState.allCases.map { state in
            #"<symbol id="\#(prefix)-symbol-\#(state.rawValue)" viewBox="0 0 14 14">\#(state.symbol)</symbol>"#
        }
        return "<defs>\(symbols.joined())</defs>\n"
    }

    /// What is missing.
    private var remark: String {
        var parts: [String] = []
        if layout.omittedEdges > 0 { parts.append("The \(layout.omittedEdges) links are too many to be drawn.") }
        if layout.omittedNodes > 0 { parts.append("\(layout.omittedNodes) more nodes are not drawn.") }
        return parts.isEmpty ? "" : "<p class=\"graph-remark\">\(parts.joined(separator: " "))</p>\n"
    }
}
