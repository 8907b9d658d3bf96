import Testing

@testable import DeployerHost

@Suite("Places for calls", .timeLimit(.minutes(1)))
struct WorkerSlotsTests {
    private static let long = Duration.seconds(3_600)

    @Test func `there are as many as were made, and those that are given back`() async {
        let slots = WorkerSlots(2)
        #expect(await slots.take(within: Self.long))
        #expect(await slots.take(within: Self.long))
        #expect(await slots.take(within: .milliseconds(1)) == false)
        slots.give()
        #expect(await slots.take(within: Self.long))
        #expect(await slots.take(within: .milliseconds(1)) == false)
    }

    @Test func `who waits gets the place that becomes free`() async {
        let slots = WorkerSlots(1)
        #expect(await slots.take(within: Self.long))
        async let next = slots.take(within: Self.long)
        slots.give()
        #expect(await next)
        #expect(await slots.take(within: .milliseconds(1)) == false)
    }

    @Test func `who is cancelled while waiting takes none`() async {
        let slots = WorkerSlots(1)
        #expect(await slots.take(within: Self.long))
        let waiting = Task { await slots.take(within: Self.long) }
        waiting.cancel()
        #expect(await waiting.value == false)
        slots.give()
        #expect(await slots.take(within: Self.long))
    }

    @Test func `who is cancelled before takes none`() async {
        let slots = WorkerSlots(1)
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await slots.take(within: Self.long)
        }
        #expect(await cancelled.value == false)
        #expect(await slots.take(within: Self.long))
    }

    @Test func `no place is lost or taken twice among many`() async {
        let slots = WorkerSlots(3)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    guard await slots.take(within: number % 5 == 0 ? .microseconds(number) : Self.long) else { return }
                    await Task.yield()
                    slots.give()
                }
            }
        }
        for _ in 0..<3 { #expect(await slots.take(within: Self.long)) }
        #expect(await slots.take(within: .milliseconds(1)) == false)
    }
}
