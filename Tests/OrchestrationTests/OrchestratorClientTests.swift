import Foundation
import Orchestration
import Testing
import Transport

/// The client against the stand-in for the orchestrator, which speaks gRPC with grpcio.
@Suite(.enabled(if: PythonServer.isAvailable, "needs .build/python, which .ci/test makes"))
struct OrchestratorClientTests {
    @Test func `A pipeline is handed over step by step`() async throws {
        let server = try await PythonServer.orchestrator()
        defer { server.stop() }
        let orchestrator = server.client()
        let sequence = OrchestratorSequence(operations: 1, isProcessNew: true)

        let before = try await orchestrator.status()
        #expect(before == OrchestratorStatus(code: 0, message: "not initialized", activeThreads: 0))
        #expect(sequence.step(after: .beforehand, before) == .initialize)
        #expect(sequence.step(after: .initialized, try await Pipeline.initialize(orchestrator)) == .confirm)
        let confirmed = try await orchestrator.status()
        #expect(confirmed == OrchestratorStatus(code: 0, message: "initialized", activeThreads: 1))
        #expect(sequence.step(after: .confirmed, confirmed) == .run)
        #expect(sequence.step(after: .started, try await orchestrator.run()) == .done)
        #expect(try await orchestrator.status().state == .running)
    }

    @Test func `A thread that has died shows in the events, though the state is running`() async throws {
        let server = try await PythonServer.orchestrator()
        defer { server.stop() }
        let orchestrator = server.client()
        _ = try await Pipeline.initialize(orchestrator)
        _ = try await orchestrator.run()
        var seen: [OrchestratorEvent] = []
        try await orchestrator.observe(for: .seconds(20)) { event in
            seen.append(event)
            return !event.isThreadEnd
        }
        #expect(seen.first?.name == "create_core")
        #expect(seen.contains { $0.component == "orchestrator" && $0.name == "initialized" })
        #expect(seen.last?.operation == OrchestratorEvent.Operation(container: "source1", rpc: "read"))
        #expect(seen.last?.detail["rpc"] == "read")
        #expect(try await orchestrator.status().state == .running)
    }

    @Test func `Observing filters, ends after its time, and ends at once where an expression is invalid`() async throws
    {
        let server = try await PythonServer.orchestrator()
        defer { server.stop() }
        let orchestrator = server.client()
        _ = try await Pipeline.initialize(orchestrator)
        var names: [String] = []
        try await orchestrator.observe(names: "init", components: "orch", for: .seconds(4)) { event in
            names.append(event.name)
            return true
        }
        #expect(names == ["initialized"])
        try await orchestrator.observe(names: "(", for: .seconds(600)) { _ in true }
    }

    @Test func `A failure is answered with the orchestrator's own text`() async throws {
        let server = try await PythonServer.orchestrator()
        defer { server.stop() }
        let orchestrator = server.client()
        let status = try await orchestrator.initialize(
            blueprint: Pipeline.blueprint, dockerInfo: #"{"docker_info_list":[]}"#, protoFiles: Pipeline.protoFiles)
        #expect(status.code == -1)
        #expect(status.message.hasPrefix("OSI initialize exception: Traceback (most recent call last):\n"))
        #expect(status.message.contains("container named source1 that is not present in dockerinfo json"))
        #expect(status.state == .failed(status.message))
        #expect(try await orchestrator.status() == status)
    }

    @Test func `Calls go through a new socket each`() async throws {
        let name = "graphene-test-\(UUID().uuidString)"
        let server = try await PythonServer.orchestrator("--host", "unix-abstract:\(name)")
        defer { server.stop() }
        let orchestrator = OrchestratorClient(client: HTTPClient()) { "\(name):0" }
        #expect(try await orchestrator.status().state == .fresh)
        #expect(try await Pipeline.initialize(orchestrator).state == .initialized)

        struct NoForward: Error {}
        let broken = OrchestratorClient(client: HTTPClient()) { throw NoForward() }
        let error = await failure { () async throws(OrchestratorError) in _ = try await broken.run() }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "NoForward()")
    }

    @Test func `A version without get_status is told from the serial orchestrator`() async throws {
        let old = try await PythonServer.orchestrator("--version", "1.2")
        defer { old.stop() }
        #expect(try await old.client().status().state == .legacy)
        #expect(try await Pipeline.initialize(old.client()).state == .legacy)
        #expect(try await old.client().run().state == .legacy)
        let serial = try await PythonServer.serialOrchestrator()
        defer { serial.stop() }
        #expect(try await serial.client().status().state == .serial)
    }

    @Test func `A message that no orchestrator takes is not sent`() async throws {
        let server = try await PythonServer.orchestrator()
        defer { server.stop() }
        let orchestrator = server.client()
        let error = await failure { () async throws(OrchestratorError) in
            let large = String(repeating: "x", count: 4 << 20)
            _ = try await orchestrator.initialize(blueprint: large, dockerInfo: "", protoFiles: [:])
        }
        #expect(error?.code == .tooLarge)
        #expect(try await orchestrator.status().state == .fresh)
    }

    @Test func `Nobody there is an error of the connection`() async throws {
        let orchestrator = OrchestratorClient(client: HTTPClient(), host: "127.0.0.1", port: 1)
        let error = await failure { () async throws(OrchestratorError) in _ = try await orchestrator.status() }
        #expect(error?.code == .unavailable)
        #expect(error?.grpcStatus == nil)
    }
}
