internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A real server on the loopback interface that answers as a test tells it, and remembers what it was asked.
public final class StandIn: Sendable {
    private let record = Mutex<[RecordedRequest]>([])
    private let port = Mutex(0)

    private init() {}

    /// Everything that was asked, in order.
    public var requests: [RecordedRequest] { record.withLock { $0 } }

    /// `http://127.0.0.1:PORT`
    public var url: String { "http://127.0.0.1:\(portNumber)" }
    public var portNumber: Int { port.withLock { $0 } }

    /// Runs a server for the time of the body.
    @discardableResult
    public static func serving<Value: Sendable>(
        _ answer: @escaping @Sendable (RecordedRequest) -> StandInAnswer,
        _ body: @escaping @Sendable (StandIn) async throws -> Value
    ) async throws -> Value {
        let standIn = StandIn()
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: CallbackResponder { (request, _: BasicRequestContext) in
                try await standIn.respond(to: request, answer)
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? 0)
                continuation.finish()
            },
            logger: Logger(label: "stand-in") { _ in SwiftLogNoOpLogHandler() }
        )
        let server = Task {
            defer { continuation.finish() }
            try await application.run()
        }
        for await port in ports { standIn.port.withLock { $0 = port } }
        guard standIn.portNumber != 0 else { throw StandInError() }
        let result = await Result.catching { try await body(standIn) }
        await standIn.comeToRest()
        await end(server)
        return try result.get()
    }

    private static let last = "/the-last-request"

    /// NIO ends the process if a server is cancelled while it accepts a connection, and clients that gave up may have left
    /// some behind. Connections are accepted one after the other: once one more is served, those are, too.
    private func comeToRest() async {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        guard let channel = try? await bootstrap.connect(host: "127.0.0.1", port: portNumber).get() else { return }
        let request = "GET \(Self.last) HTTP/1.1\r\nhost: stand-in\r\nconnection: close\r\n\r\n"
        try? await channel.writeAndFlush(ByteBuffer(string: request)).get()
        try? await channel.closeFuture.get()
    }

    /// Waits for the server's end for a while: a connection that nobody reads from may keep it.
    private static func end(_ server: Task<Void, any Error>) async {
        server.cancel()
        let (ended, end) = AsyncStream<Void>.makeStream()
        Task {
            _ = await server.result
            end.finish()
        }
        let patience = Task {
            try? await Task.sleep(for: .seconds(10))
            end.finish()
        }
        for await _ in ended {}
        patience.cancel()
    }

    private func respond(
        to request: Request,
        _ answer: @Sendable (RecordedRequest) -> StandInAnswer
    ) async throws -> Response {
        guard request.uri.path != Self.last else { return Response(status: .ok) }
        let body = try await request.body.collect(upTo: 8 << 20)
        var headers: [String: String] = [:]
        for field in request.headers { headers[field.name.canonicalName] = field.value }
        headers["host"] = request.head.authority
        let recorded = RecordedRequest(
            method: request.method.rawValue,
            path: request.uri.path,
            query: request.uri.query,
            headers: headers,
            body: Array(body.readableBytesView)
        )
        record.withLock { $0.append(recorded) }
        let answer = answer(recorded)
        try await Task.sleep(for: answer.delay)
        return answer.response
    }
}

extension Result where Failure == any Error {
    fileprivate static func catching(_ body: () async throws -> Success) async -> Result {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// The server did not start.
public struct StandInError: Error {
    public init() {}
}

extension StandInAnswer {
    var response: Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return Response(status: .init(code: status), headers: fields, body: responseBody)
    }

    private var responseBody: ResponseBody {
        let buffer = ByteBuffer(bytes: body)
        if isEndless {
            return ResponseBody { writer in
                while !Task.isCancelled { try await writer.write(buffer) }
                try await writer.finish(nil)
            }
        }
        guard stall > .zero else { return ResponseBody(byteBuffer: buffer) }
        let (half, stall) = (body.count / 2, stall)
        let (head, tail) = (ByteBuffer(bytes: body[..<half]), ByteBuffer(bytes: body[half...]))
        return ResponseBody(contentLength: body.count) { writer in
            try await writer.write(head)
            // A writer must be finished, also when the stand-in ends meanwhile.
            try? await Task.sleep(for: stall)
            try await writer.write(tail)
            try await writer.finish(nil)
        }
    }
}
