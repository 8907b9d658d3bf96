import TargetContract

/// An event as one line: what it is, then its words, with blanks between them.
struct EventLine {
    /// The colour of the first word on a terminal that shows colours.
    enum Emphasis: Int {
        case plain = 0
        case bold = 1
        case red = 31
        case green = 32
        case yellow = 33
        case blue = 34
    }

    let label: String
    let text: String
    let emphasis: Emphasis

    init(_ event: DeploymentEvent) {
        let remedy = event.remedy.map { "\($0)." }
        let text = remedy == nil || event.text.isEmpty || event.text.hasSuffix(".") ? event.text : event.text + "."
        var words = [event.node, event.state, [text, remedy ?? ""].joined(separator: " "), event.url].compactMap(\.self)
        switch event.kind {
        case .phase:
            (label, emphasis) = ("phase", .bold)
            words = [event.text]
        case .nodeState: (label, emphasis) = ("node", Self.emphasis(of: event.state))
        case .information: (label, emphasis) = ("info", .plain)
        case .warning: (label, emphasis) = ("warning", .yellow)
        case .link: (label, emphasis) = ("link", .blue)
        default:
            (label, emphasis) = ("event", .plain)
            words = [event.text]
        }
        self.text = words.map(Self.oneLine).filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// Without colour.
    var plain: String { Self.padded(label) + text }

    /// With the escape sequences of a terminal.
    var coloured: String {
        emphasis == .plain ? plain : "\u{1B}[\(emphasis.rawValue)m\(Self.padded(label))\u{1B}[0m\(text)"
    }

    private static func emphasis(of state: String?) -> Emphasis {
        switch state {
        case "running", "ready", "completed": .green
        case "failed": .red
        default: .plain
        }
    }

    /// Labels stand in a column of nine places.
    private static func padded(_ label: String) -> String {
        label + String(repeating: " ", count: max(1, 9 - label.count))
    }

    private static func oneLine(_ text: String) -> String {
        Terminal.clean(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
