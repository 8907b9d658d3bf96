/// How a node fares, as far as a drawing tells states apart.
enum GraphState: String, Sendable, Hashable, CaseIterable {
    case pending
    case progressing
    case warning
    case ready
    case running
    case failed
    /// A state that this version does not know; its word is shown.
    case unknown

    /// The state that an event or the API names.
    init(name: String) { self = GraphState(rawValue: name) ?? .unknown }

    /// The shapes of its symbol in a square of 14 by 14, as SVG; a symbol of its own for each, so that colour is never
    /// all that tells them apart.
    var symbol: String {
        switch self {
        case .pending: #"<circle class="graph-symbol-line graph-symbol-dotted" cx="7" cy="7" r="5.5"/>"#
        case .progressing: #"<path class="graph-symbol-line" d="M7 1.5a5.5 5.5 0 1 1-5.5 5.5M7 4v3.2l2.2 1.6"/>"#
        case .warning:
            #"<path class="graph-symbol-area" d="M7 1 13.4 12.6H.6z"/><path class="graph-symbol-cut" d="M7 5.2v3.4M7 10.4v.4"/>"#
        case .ready:
            #"<circle class="graph-symbol-line" cx="7" cy="7" r="5.5"/><path class="graph-symbol-line" d="M4.4 7.2l1.8 1.9 3.4-4"/>"#
        case .running:
            #"<circle class="graph-symbol-area" cx="7" cy="7" r="6.3"/><path class="graph-symbol-cut graph-symbol-cut-area" d="M5.6 4.4v5.2L9.8 7z"/>"#
        case .failed:
            #"<circle class="graph-symbol-area" cx="7" cy="7" r="6.3"/><path class="graph-symbol-cut" d="M4.8 4.8l4.4 4.4M9.2 4.8 4.8 9.2"/>"#
        case .unknown: #"<circle class="graph-symbol-line" cx="7" cy="7" r="5.5"/>"#
        }
    }
}
