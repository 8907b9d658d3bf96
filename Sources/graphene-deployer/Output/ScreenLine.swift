/// A line for a terminal: pieces of text, each in one colour. Without control characters.
struct ScreenLine: Sendable, Hashable {
    struct Span: Sendable, Hashable {
        var text: String
        var emphasis: EventLine.Emphasis

        init(_ text: String, _ emphasis: EventLine.Emphasis = .plain) {
            self.text = text
            self.emphasis = emphasis
        }
    }

    var spans: [Span]

    init(_ spans: [Span]) { self.spans = spans }

    /// Without colour.
    var plain: String { spans.map(\.text).joined() }

    /// With the escape sequences of a terminal (ECMA-48, SGR); ends in the terminal's own colours.
    var coloured: String {
        spans.map { span in
            span.emphasis == .plain || span.text.isEmpty
                ? span.text : "\u{1B}[\(span.emphasis.rawValue)m\(span.text)\u{1B}[0m"
        }
        .joined()
    }

    /// The columns that it takes.
    var width: Int { spans.reduce(0) { $0 + $1.text.displayWidth } }

    /// The line if it fits into so many columns, else its beginning and an ellipsis.
    func cut(to columns: Int) -> ScreenLine {
        guard width > columns else { return self }
        var rest = columns
        var kept: [Span] = []
        for span in spans {
            let width = span.text.displayWidth
            guard width >= rest else {
                kept.append(span)
                rest -= width
                continue
            }
            kept.append(Span(span.text.prefix(columns: rest - 1) + (columns > 0 ? "…" : ""), span.emphasis))
            break
        }
        return ScreenLine(kept)
    }
}
