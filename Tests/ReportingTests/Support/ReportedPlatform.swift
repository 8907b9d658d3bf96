import Documents
import Foundation
import Logging
import Secrets
import TestSupport
import Transport

@testable import DeployerHost

/// A stand-in for the Common Data Service that is told of deployments.
struct ReportedPlatform: Sendable {
    let cds: StandIn
    let log = LogCollector()

    static let record = "aaaaaaaa-0000-4000-8000-000000000001"
    static let notification = "bbbbbbbb-0000-4000-8000-000000000001"
    static let task = 4_711

    /// Runs the body beside a stand-in.
    /// - Parameter faults: answers by the call, for instance `POST notif`, in the place of the right ones; `all` for
    ///   every call.
    static func serving(
        faults: [String: StandInAnswer] = [:],
        _ body: @escaping @Sendable (ReportedPlatform) async throws -> Void
    ) async throws {
        try await StandIn.serving { request in
            let call = PlatformRequest(request)
            if let fault = faults[call.name] ?? faults["all"] { return fault }
            guard request.isAuthorized(PlatformServices.cdsCredentials) else { return StandInAnswer(status: 401) }
            switch call.name {
            case "POST deploy": return StandInAnswer(status: 201, call.answer("deploymentId", .string(record)))
            case "POST task": return StandInAnswer(status: 201, call.answer("taskId", .number(NumberLiteral(task))))
            case "POST task/stepresult": return StandInAnswer(status: 201, call.answer("stepResultId", 1))
            case "POST notif":
                return StandInAnswer(status: 201, call.answer("notificationId", .string(notification)))
            case "PUT deploy", "PUT task", "POST notif/user": return StandInAnswer(#"{"status":200}"#)
            default: return StandInAnswer(status: 404)
            }
        } _: { cds in
            try await body(ReportedPlatform(cds: cds))
        }
    }

    /// A reporter to it.
    func reporter(
        pauses: [Duration] = [.zero, .zero],
        timeout: Duration = .seconds(20),
        password: String = "cds-secret",
        site: ReportSite = ReportSite(),
        capacity: Int = PlatformReporter.usualCapacity
    ) throws -> PlatformReporter {
        let service = try PlatformService(
            name: "the Common Data Service",
            setting: "catalogue.cds.url",
            url: cds.url + "/ccds",
            user: "ccds_client",
            password: SecretBytes(password),
            deadlines: HTTPDeadlines(total: timeout),
            client: HTTPClient()
        )
        return PlatformReporter(
            calls: PlatformCalls(service: service, pauses: pauses, logger: log.logger),
            site: site,
            logger: log.logger,
            capacity: capacity
        )
    }

    /// Everything that it was told, in order.
    var requests: [PlatformRequest] { cds.requests.map(PlatformRequest.init) }
    /// The names of the calls, in order.
    var calls: [String] { requests.map(\.name) }

    /// The body of the last call of a name.
    func body(_ name: String) -> Document? { requests.last { $0.name == name }?.body }

    /// The detail of the last record of a deployment.
    func detail() -> Document? {
        guard let text = (body("PUT deploy") ?? body("POST deploy"))?["detail"]?.string else { return nil }
        return try? Document(json: Array(text.utf8), limits: .request)
    }
}

/// A request of the deployer, by the names that its log has.
struct PlatformRequest: Sendable {
    let method: String
    /// Without the base path.
    let path: String
    let body: Document?
    let text: String

    init(_ request: RecordedRequest) {
        method = request.method
        path = request.path.replacingOccurrences(of: "/ccds", with: "")
        text = String(decoding: request.body, as: UTF8.self)
        body = try? Document(json: request.body, limits: .request)
    }

    /// `PUT deploy` and so on: method and path without ids.
    var name: String {
        let parts = path.split(separator: "/")
        let kind =
            switch (parts.first, parts.count) {
            case ("solution", _): "deploy"
            case ("task", 2) where parts[1] == "stepresult": "task/stepresult"
            case ("task", _): "task"
            case ("notif", 4): "notif/user"
            default: parts.joined(separator: "/")
            }
        return "\(method) \(kind)"
    }

    /// What CDS answers: what it was sent, with an id.
    func answer(_ member: String, _ id: Document) -> String {
        var object = body?.object ?? DocumentObject()
        object[member] = id
        return String(decoding: Document.object(object).json(), as: UTF8.self)
    }
}
