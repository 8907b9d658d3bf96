import Documents
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Kubernetes

/// What a watch does about histories that end, which a real API server cannot be made to show at will.
@Suite(.timeLimit(.minutes(1)))
struct WatchTests {
    /// What the server did, and what the watch told.
    private struct Course: Sendable {
        var queries: [String]
        var told: [String]
    }

    /// Follows pods until so many events were told.
    private func course(
        until count: Int,
        _ answer: @escaping @Sendable (RecordedRequest, Int) -> StandInAnswer
    ) async throws -> Course {
        let number = Mutex(0)
        let answers: @Sendable (RecordedRequest) -> StandInAnswer = { request in
            answer(
                request,
                number.withLock {
                    $0 += 1
                    return $0
                })
        }
        return try await StandIn.serving(answers) { server in
            let client = try KubernetesClient(server: server.url, http: HTTPClient(), authorization: nil)
            let told = Mutex<[String]>([])
            let watch = Task {
                try await client.watch(.pod, namespace: "n") { event in told.withLock { $0.append(Self.words(event)) } }
            }
            while told.withLock({ $0.count }) < count { try await Task.sleep(for: .milliseconds(5)) }
            watch.cancel()
            _ = await watch.result
            return Course(queries: server.requests.map { $0.query ?? "" }, told: told.withLock(\.self))
        }
    }

    private static func words(_ event: WatchEvent) -> String {
        func name(_ object: Document) -> String { object["metadata"]?["name"]?.string ?? "" }
        return switch event {
        case .reset(let items): "reset \(items.map(name).joined(separator: " "))"
        case .changed(let object): "changed \(name(object))"
        case .deleted(let object): "deleted \(name(object))"
        case .interrupted: "interrupted"
        }
    }

    private static func list(_ version: String, _ names: [String] = []) -> StandInAnswer {
        let items = names.map { #"{"metadata":{"name":"\#($0)"}}"# }.joined(separator: ",")
        return StandInAnswer(#"{"kind":"PodList","metadata":{"resourceVersion":"\#(version)"},"items":[\#(items)]}"#)
    }

    private static func event(_ type: String, _ name: String, _ version: String) -> String {
        #"{"type":"\#(type)","object":{"metadata":{"name":"\#(name)","resourceVersion":"\#(version)"}}}"# + "\n"
    }

    @Test func `A watch that the server ends goes on where it was`() async throws {
        let course = try await course(until: 3) { request, number in
            switch number {
            case 1: Self.list("10", ["a"])
            case 2: StandInAnswer(Self.event("MODIFIED", "a", "11") + Self.event("BOOKMARK", "", "15"))
            case 3: StandInAnswer(Self.event("DELETED", "a", "16"))
            default: .slow(.seconds(30))
            }
        }
        #expect(course.told.prefix(3) == ["reset a", "changed a", "deleted a"])
        #expect(course.queries[1].contains("resourceVersion=10&"))
        #expect(course.queries[2].contains("resourceVersion=15&"), "bookmarks move the place")
    }

    @Test(arguments: [
        StandInAnswer(#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}"# + "\n"),
        StandInAnswer(status: 410, #"{"kind":"Status","code":410,"reason":"Expired"}"#),
    ])
    func `A place that the server has forgotten is found anew by a list`(gone: StandInAnswer) async throws {
        let course = try await course(until: 2) { _, number in
            switch number {
            case 1: Self.list("10", ["a"])
            case 2: gone
            case 3: Self.list("90", ["b"])
            default: .slow(.seconds(30))
            }
        }
        #expect(course.told == ["reset a", "reset b"])
        #expect(!course.queries[2].contains("watch=true"))
    }

    @Test func `A failing server is told about, and asked again at the same place`() async throws {
        let course = try await course(until: 3) { _, number in
            switch number {
            case 1: Self.list("10")
            case 2: StandInAnswer(status: 500, #"{"kind":"Status","code":500,"message":"etcd"}"#)
            case 3: StandInAnswer(Self.event("ADDED", "a", "11"))
            default: .slow(.seconds(30))
            }
        }
        #expect(course.told.prefix(3) == ["reset ", "interrupted", "changed a"])
        #expect(course.queries[2].contains("resourceVersion=10&"))
    }

    @Test func `A withdrawn permission ends the watch`() async throws {
        try await StandIn.serving { request in
            request.query?.contains("watch=true") == true
                ? StandInAnswer(status: 403, #"{"kind":"Status","code":403,"message":"no more"}"#) : Self.list("10")
        } _: { server in
            let client = try KubernetesClient(server: server.url, http: HTTPClient(), authorization: nil)
            let error = try await #require(throws: KubernetesError.self) {
                try await client.watch(.pod, namespace: "n") { _ in }
            }
            #expect(error.code == .forbidden && error.message == "no more")
        }
    }
}
