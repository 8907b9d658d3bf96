import TargetContract
import Testing

@testable import graphene_deployer

@Suite("The board of progress")
struct ProgressBoardTests {
    private static func node(_ name: String, _ state: String, _ text: String = "") -> DeploymentEvent {
        DeploymentEvent(.nodeState, node: name, state: state, text: text)
    }

    private static func phase(_ text: String) -> DeploymentEvent { DeploymentEvent(.phase, text: text) }

    /// What a board shows after events that come one second after the other, from second 0 on.
    private static func shown(
        _ events: [DeploymentEvent],
        width: Int = 80,
        height: Int = 20
    ) -> (above: [String], block: [String], closing: [String]) {
        var board = ProgressBoard()
        let above = events.enumerated().flatMap { second, event in board.take(event, at: Double(second)) }
        let block = board.block(at: Double(events.count), width: width, height: height)
        return (above.map(\.plain), block.map(\.plain), board.closing.map(\.plain))
    }

    @Test(
        "leaves above what is over, and draws below what goes on",
        arguments: [
            ([], [], []),
            ([phase("Applying")], [], ["Applying  1.0 s"]),
            ([phase("Applying"), phase("Waiting")], ["Applying  1.0 s"], ["Waiting  1.0 s"]),
            ([node("a", "pending")], [], ["  a  pending"]),
            ([node("a", "pending"), node("a", "ready", "x")], [], ["  a  ready        x"]),
            (
                [phase("Waiting"), node("long-name", "running"), node("b", "progressing", "pulls")], [],
                ["Waiting  3.0 s", "  long-name  running", "  b          progressing  pulls"]
            ),
            (
                [DeploymentEvent(.warning, text: "w"), phase("P"), DeploymentEvent(.warning, text: "w")],
                ["warning  w"], ["P  2.0 s"]
            ),
            (
                [node("a", "failed", "no image"), node("a", "failed", "no image")],
                ["node     a  failed  no image"], ["  a  failed       no image"]
            ),
            (
                [DeploymentEvent(.information, text: "made"), DeploymentEvent(.link, text: "Page", url: "http://x/")],
                ["info     made", "link     Page  http://x/"], []
            ),
            (
                [DeploymentEvent(DeploymentEvent.Kind(rawValue: "later"), text: "unknown")],
                ["event    unknown"], []
            ),
            (
                [
                    phase("P"), node("a", "failed"), DeploymentEvent(.state, state: "queued", text: "Again."),
                    phase("Q"),
                ],
                ["node     a  failed", "P  2.0 s", "state    queued  Again."], ["Q  1.0 s"]
            ),
        ] as [([DeploymentEvent], [String], [String])]
    )
    func lines(events: [DeploymentEvent], above: [String], block: [String]) {
        let shown = Self.shown(events)
        #expect(shown.above == above)
        #expect(shown.block == block)
        #expect(shown.closing.isEmpty)
    }

    @Test("ends with what the deployment came to, in full and below the nodes")
    func closing() {
        let failure = DeploymentEvent(.failure, node: "a", text: "It failed: " + String(repeating: "x", count: 200))
        let events = [
            Self.phase("Waiting"), Self.node("a", "ready"), failure,
            DeploymentEvent(.state, state: "failed", text: "It failed"), DeploymentEvent(.information, text: "later"),
        ]
        let shown = Self.shown(events)
        #expect(shown.above == ["info     later"])
        // Its time stands still.
        #expect(shown.block == ["Waiting  2.0 s", "  a  ready"])
        #expect(shown.closing == ["failure  a  \(failure.text)", "state    failed  It failed"])
    }

    @Test("is never wider or higher than it may be", arguments: [1, 2, 10, 40, 200], [1, 2, 3, 8, 50])
    func size(width: Int, height: Int) {
        let wide = String(repeating: "模", count: 30)
        let nodes = (0..<30).map { Self.node("\(wide)\($0)", "progressing", wide) }
        var board = ProgressBoard()
        for event in [Self.phase(wide)] + nodes { _ = board.take(event, at: 0) }
        let block = board.block(at: 0, width: width, height: height)
        #expect(block.count <= max(height, 2))
        #expect(block.allSatisfy { $0.width <= width })
    }

    @Test("shows the nodes that need a look where there is no room for all")
    func room() {
        let states = ["running", "pending", "ready", "failed", "progressing", "warning", "running"]
        let nodes = states.enumerated().map { Self.node("n\($0.offset)", $0.element) }
        #expect(
            Self.shown([Self.phase("P")] + nodes, height: 5).block == [
                "P  8.0 s", "  n3  failed", "  n4  progressing", "  n5  warning",
                "  … and 4 more: 2 running, 1 pending, 1 ready",
            ]
        )
    }

    @Test("shows no control characters and no line ends")
    func control() {
        let evil = "a\u{1B}[2J\n\t\u{7}b\r"
        let shown = Self.shown([
            Self.phase(evil), Self.node(evil, evil, evil), DeploymentEvent(.warning, text: evil),
            DeploymentEvent(.state, state: evil, text: evil),
        ])
        for line in shown.above + shown.block + shown.closing {
            #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
        #expect(shown.block.count == 2)
    }
}
