import Documents
import Testing

@testable import DeployerHost

/// What is kept in memory has an end.
@Suite struct MemoryTests {
    @Test func `Ids of the deployments that began first are forgotten`() {
        var memory = ReportMemory(limit: 3)
        for number in 0..<5 { memory["\(number)"] = ReportMemory.Entry(began: Double(number)) }
        memory["3"]?.began = 30
        #expect((0..<5).map { memory["\($0)"]?.began } == [nil, nil, 2, 30, 4])
        memory["3"] = nil
        memory["5"] = ReportMemory.Entry(began: 5)
        #expect((0..<6).map { memory["\($0)"]?.began } == [nil, nil, 2, nil, 4, 5])
    }

    @Test func `A mailbox with a limit takes no more than that, until it is read`() async {
        let mailbox = Mailbox<Int>(limit: 2)
        #expect((1...3).map { mailbox.put($0) } == [true, true, false])
        #expect(await mailbox.next() == [1, 2])
        #expect(mailbox.put(4))
        mailbox.close()
        #expect(!mailbox.put(5))
        #expect(await mailbox.next() == [4])
        #expect(await mailbox.next() == nil)
    }

    @Test(arguments: [
        (Document.string("a-1"), "a-1"), (4_711, "4711"), ("", nil), ("..", nil), ("a/b", nil), ("a?b", nil),
        (.string(String(repeating: "a", count: 36)), String(repeating: "a", count: 36)),
        (.string(String(repeating: "a", count: 37)), nil), (.null, nil), (true, nil), (.array(["a"]), nil),
    ])
    func `An id is what can be part of a path`(document: Document, text: String?) {
        #expect(PlatformID(document)?.text == text)
    }
}
