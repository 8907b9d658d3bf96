import TargetContract
import Testing

@testable import graphene_deployer

@Suite("Events in a list of lines")
struct EventFoldingTests {
    @Test(
        "tell of a node only what is new",
        arguments: [
            ([("a", "progressing", "x"), ("a", "progressing", "x")], [true, false]),
            ([("a", "progressing", "x"), ("b", "progressing", "x")], [true, true]),
            ([("a", "progressing", "x"), ("b", "ready", "y"), ("a", "progressing", "x")], [true, true, false]),
            ([("a", "progressing", "x"), ("a", "ready", "x")], [true, true]),
            ([("a", "progressing", "x"), ("a", "progressing", "y")], [true, true]),
            ([("a", "progressing", "for 9 s"), ("a", "progressing", "for 10 s")], [true, false]),
            ([("a", "ready", "x"), ("a", "progressing", "x"), ("a", "ready", "x")], [true, true, true]),
        ] as [([(String, String, String)], [Bool])]
    )
    func reports(reports: [(String, String, String)], news: [Bool]) {
        var folding = EventFolding()
        let found = reports.map { node, state, text in
            folding.isNews(DeploymentEvent(.nodeState, node: node, state: state, text: text))
        }
        #expect(found == news)
    }

    @Test("tell of a node what can be done now")
    func remedies() {
        var folding = EventFolding()
        let found = ["a", "a", "b"].map { remedy in
            folding.isNews(DeploymentEvent(.nodeState, node: "n", state: "failed", text: "x", remedy: remedy))
        }
        #expect(found == [true, false, true])
    }

    @Test("warn once of one thing, and leave out nothing else")
    func others() {
        var folding = EventFolding()
        let isNews = { (kind: DeploymentEvent.Kind, node: String?) in
            folding.isNews(DeploymentEvent(kind, node: node, text: "x"))
        }
        #expect(isNews(.warning, nil))
        #expect(!isNews(.warning, nil))
        #expect(isNews(.warning, "a"))
        for kind in [.phase, .information, .link, .failure, .state] as [DeploymentEvent.Kind] {
            #expect(isNews(kind, nil))
            #expect(isNews(kind, nil))
        }
    }

    @Test("begin anew where a deployment is done again")
    func again() {
        var folding = EventFolding()
        let report = DeploymentEvent(.nodeState, node: "a", state: "ready", text: "")
        let events = [report, DeploymentEvent(.state, state: "queued", text: ""), report, report]
        #expect(events.map { folding.isNews($0) } == [true, true, true, false])
    }
}
