import TargetContract
import Testing

@testable import DeployerHost

@Suite struct EventTests {
    @Test func `What a target reports is cut to a size that can be kept, between characters`() {
        let long = String(repeating: "ä", count: 10_000)
        let event = StoredEvent(
            id: 1,
            time: 0,
            DeploymentEvent(.nodeState, node: long, state: "failed", text: long, logs: (1...99).map { "\($0)" })
        )
        #expect(event.text.utf8.count <= 4_096 && event.text.hasSuffix("ä…"))
        #expect(event.node?.utf8.count ?? 0 <= 253)
        #expect(event.logs?.count == 50 && event.logs?.last == "99")
    }

    @Test(arguments: [
        ("https://192.0.2.1/", true), ("http://192.0.2.1:30001/a?b#c", true), ("javascript:alert(1)", false),
        ("//evil.example/", false), ("ftp://x/", false), ("", false),
    ])
    func `Only web pages are links`(url: String, isKept: Bool) {
        let event = StoredEvent(id: 1, time: 0, DeploymentEvent(.link, text: "page", url: url))
        #expect((event.url == url) == isKept)
    }

    @Test func `A kind that nobody knows is shown by its text, and a state that nobody knows is left out`() {
        let event = StoredEvent(id: 1, time: 0, DeploymentEvent(.init(rawValue: "a b\n"), state: "odd", text: "text"))
        #expect(event.kind == "information" && event.state == nil && event.text == "text")
    }

    @Test func `A target that reports without end is cut off, and that is said`() async {
        let inbox = EventInbox(limit: 3)
        for number in 1...10 { inbox.put(DeploymentEvent(.information, text: "\(number)")) }
        inbox.close()
        inbox.put(DeploymentEvent(.information, text: "late"))
        var texts: [String] = []
        while let events = await inbox.next() { texts += events.map(\.text) }
        #expect(texts == ["1", "2", "3", "7 more events were reported than are kept"])
    }

    @Test func `A mailbox hands on everything once, in order, from many threads`() async {
        let mailbox = Mailbox<Int>()
        let reader = Task {
            var all: [Int] = []
            while let batch = await mailbox.next() { all += batch }
            return all
        }
        await withTaskGroup(of: Void.self) { group in
            for start in 0..<8 {
                group.addTask {
                    for number in 0..<500 {
                        mailbox.put(start * 1_000 + number)
                        if number % 50 == 0 { await Task.yield() }
                    }
                }
            }
        }
        mailbox.close()
        let all = await reader.value
        #expect(all.count == 4_000 && Set(all).count == 4_000)
        for start in 0..<8 {
            let own = all.filter { $0 / 1_000 == start }
            #expect(own == own.sorted())
        }
    }
}

@Suite struct SecretScrubberTests {
    private static let options = [
        TargetOption(name: "token", kind: .text, label: "", help: "", isSecret: true),
        TargetOption(name: "file", kind: .document, label: "", help: "", isSecret: true),
        TargetOption(name: "name", kind: .text, label: "", help: ""),
    ]

    private static let scrubber = SecretScrubber(
        [
            "token": "pa$$ word", "name": "berth",
            "file": "server: https://api.example.org:6443/A1b2C3d4E5f6G7h8\nuser: kubernetes-admin\n"
                + "key: \"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0\"\n",
        ],
        options: options
    )

    @Test(arguments: [
        ("the token pa$$ word is wrong", "the token <redacted> is wrong"),
        ("pa$$ wordpa$$ word", "<redacted><redacted>"), ("pa$$", "pa$$"), ("berth", "berth"),
        ("key QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0.", "key <redacted>."),
        ("https://api.example.org:6443/A1b2C3d4E5f6G7h8", "https://api.example.org:6443/A1b2C3d4E5f6G7h8"),
        ("kubernetes-admin", "kubernetes-admin"), ("", ""),
    ])
    func `Secrets are taken out of texts, and what is none stays`(text: String, cleaned: String) {
        #expect(Self.scrubber.clean(text) == cleaned)
    }

    @Test func `All texts of an event are cleaned`() {
        let event = Self.scrubber.clean(
            DeploymentEvent(.link, text: "pa$$ word", remedy: "pa$$ word", logs: ["pa$$ word"], url: "http://pa$$ word")
        )
        #expect([event.text, event.remedy, event.logs?.first] == ["<redacted>", "<redacted>", "<redacted>"])
        #expect(event.url == "http://<redacted>")
    }
}
