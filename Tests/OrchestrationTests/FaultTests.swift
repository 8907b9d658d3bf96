import Orchestration
import Testing

/// Every fault that the stand-in for the orchestrator has.
@Suite(.enabled(if: PythonServer.isAvailable, "needs .build/python, which .ci/test makes"))
struct FaultTests {
    @Test func `slow: a deadline ends the call`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "slow", "--delay", "60")
        defer { server.stop() }
        let orchestrator = server.client(.seconds(1))
        for error in [
            await failure { () async throws(OrchestratorError) in _ = try await orchestrator.status() },
            await failure { () async throws(OrchestratorError) in _ = try await orchestrator.run() },
        ] {
            #expect(error?.code == .timeout)
        }
    }

    @Test func `slow: a cancelled task ends the call`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "slow", "--delay", "60")
        defer { server.stop() }
        let orchestrator = server.client(.seconds(600))
        let task = Task { await failure { () async throws(OrchestratorError) in _ = try await orchestrator.run() } }
        task.cancel()
        #expect(await task.value?.code == .cancelled)
    }

    @Test func `slow-initialize: meanwhile the state is initializing`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "slow-initialize", "--delay", "3")
        defer { server.stop() }
        let orchestrator = server.client()
        async let reply = Pipeline.initialize(orchestrator)
        var state = try await orchestrator.status().state
        while state == .fresh { state = try await orchestrator.status().state }
        #expect(state == .initializing)
        #expect(try await reply.state == .initialized)
    }

    @Test func `unavailable: the server's words are kept`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "unavailable")
        defer { server.stop() }
        let orchestrator = server.client()
        for error in [
            await failure { () async throws(OrchestratorError) in _ = try await orchestrator.status() },
            await failure { () async throws(OrchestratorError) in _ = try await orchestrator.run() },
            await failure { () async throws(OrchestratorError) in
                try await orchestrator.observe(for: .seconds(20)) { _ in true }
            },
        ] {
            #expect(error?.code == .unavailable)
            #expect(error?.grpcStatus == GRPCStatus(.unavailable, "this fault was asked for"))
        }
    }

    @Test func `unavailable-once: the status is asked again, run is not called again`() async throws {
        let asked = try await PythonServer.orchestrator("--fault", "unavailable-once")
        defer { asked.stop() }
        #expect(try await asked.client().status().state == .fresh)
        let called = try await PythonServer.orchestrator("--fault", "unavailable-once")
        defer { called.stop() }
        let error = await failure { () async throws(OrchestratorError) in _ = try await called.client().run() }
        #expect(error?.code == .unavailable)
        #expect(try await called.client().status().state == .fresh)
    }

    @Test func `initialize-fails and run-fails: the sequence ends with the text`() async throws {
        let sequence = OrchestratorSequence(operations: 1, isProcessNew: true)
        let first = try await PythonServer.orchestrator("--fault", "initialize-fails")
        defer { first.stop() }
        let refused = try await Pipeline.initialize(first.client())
        #expect(refused.message.hasSuffix("RuntimeError: this fault was asked for\n"))
        guard case .fail(let reason, _) = sequence.step(after: .initialized, refused) else {
            Issue.record("the sequence goes on")
            return
        }
        #expect(reason.contains(refused.message))

        let second = try await PythonServer.orchestrator("--fault", "run-fails")
        defer { second.stop() }
        #expect(try await Pipeline.initialize(second.client()).state == .initialized)
        let stopped = try await second.client().run()
        #expect(stopped.code == -1)
        #expect(stopped.message.hasPrefix("OSI run exception: "))
    }

    @Test func `observe-breaks: the events before are told, then the error`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "observe-breaks")
        defer { server.stop() }
        let orchestrator = server.client()
        _ = try await Pipeline.initialize(orchestrator)
        var names: [String] = []
        let error = await failure { () async throws(OrchestratorError) in
            try await orchestrator.observe(for: .seconds(20)) { event in
                names.append(event.name)
                return true
            }
        }
        #expect(names == ["create_core"])
        #expect(error?.grpcStatus == GRPCStatus(.unavailable, "this fault was asked for"))
    }

    @Test func `lost-thread: the number of operations tells it`() async throws {
        let server = try await PythonServer.orchestrator("--fault", "lost-thread")
        defer { server.stop() }
        let orchestrator = server.client()
        _ = try await Pipeline.initialize(orchestrator)
        let status = try await orchestrator.status()
        #expect(status.activeThreads == 0)
        guard case .fail = OrchestratorSequence(operations: 1, isProcessNew: true).step(after: .confirmed, status)
        else {
            Issue.record("the sequence goes on")
            return
        }
    }
}
