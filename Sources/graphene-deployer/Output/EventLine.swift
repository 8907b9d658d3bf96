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
        case .state:
            (label, emphasis) = ("state", Self.emphasis(of: event.state))
            words = [event.state ?? "", event.text]
        case .failure: (label, emphasis) = ("failure", .red)
        default:
            (label, emphasis) = ("event", .plain)
            words = [event.text]
        }
        self.text = words.map(Self.oneLine).filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// As a line of a screen.
    var screenLine: ScreenLine { ScreenLine([.init(Self.padded(label), emphasis), .init(text)]) }

    /// Without colour.
    var plain: String { Self.padded(label) + text }

    /// With the escape sequences of a terminal.
    var coloured: String { screenLine.coloured }

    /// The colour of a state of a node or a deployment.
    static func emphasis(of state: String?) -> Emphasis {
        switch state {
        case "running", "ready", "completed", "removed": .green
        case "failed": .red
        case "warning", "cancelled", "interrupted": .yellow
        default: .plain
        }
    }

    /// Labels stand in a column of nine places.
    private static func padded(_ label: String) -> String {
        label + String(repeating: " ", count: max(1, 9 - label.count))
    }

    /// The text without line ends and other control characters.
    static func oneLine(_ text: String) -> String {
        Terminal.clean(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}

extension DeploymentEvent.Kind {
    /// A host's deployment is in another state, named by `state`.
    static let state = Self(rawValue: "state")
    /// Why a host's deployment failed.
    static let failure = Self(rawValue: "failure")
}
