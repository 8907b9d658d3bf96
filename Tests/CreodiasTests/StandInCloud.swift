import Documents
import Foundation
import Synchronization
import TargetContract
import TestSupport

@testable import Creodias

/// Keystone and Magnum on the loopback interface, as far as the target asks them. Certificates are signed by a real
/// authority.
final class StandInCloud: Sendable {
    /// What the cloud is made to do.
    struct Faults: Sendable {
        /// Answers instead of the usual ones, by method and path.
        var answers: [String: StandInAnswer] = [:]
        /// How many calls a token is good for.
        var uses = Int.max
        /// What `expires_at` says.
        var expires = "2099-01-01T00:00:00.000000Z"
        var catalog: Document?
        var refusesEllipticCurves = false
    }

    static let complete = "11111111-1111-4111-8111-111111111111"
    static let usual = "33333333-3333-4333-8333-333333333333"
    static let swarm = "44444444-4444-4444-8444-444444444444"
    static let plain = "55555555-5555-4555-8555-555555555555"
    private static let templates: [Document] = [
        ["uuid": .string(usual), "name": "k8s", "coe": "kubernetes", "tls_disabled": false],
        ["uuid": .string(swarm), "name": "swarm-1", "coe": "swarm", "tls_disabled": false],
        ["uuid": .string(plain), "name": "k8s-plain", "coe": "kubernetes", "tls_disabled": true],
    ]
    static let secret = "m4rk-\"of\\the-secret"

    private let folder: TemporaryFolder
    private let authority: TestAuthority
    private let faults: Faults
    private let left = Mutex<[String: Int]>([:])
    private let server = Mutex<StandIn?>(nil)

    private init(_ faults: Faults) throws {
        self.faults = faults
        folder = try TemporaryFolder()
        authority = try TestAuthority(in: URL(filePath: folder.path))
    }

    /// Runs a cloud for the time of the body.
    static func serving(
        _ faults: Faults = Faults(),
        _ body: @escaping @Sendable (StandInCloud) async throws -> Void
    ) async throws {
        let cloud = try StandInCloud(faults)
        try await StandIn.serving {
            cloud.answer($0)
        } _: { server in
            cloud.server.withLock { $0 = server }
            try await body(cloud)
        }
    }

    var url: String { server.withLock { $0?.url ?? "" } }

    /// `GET /v1/clusters`, in the order in which they were asked.
    var calls: [String] { (server.withLock(\.self)?.requests ?? []).map { "\($0.method) \($0.path)" } }
    var requests: [RecordedRequest] { server.withLock(\.self)?.requests ?? [] }

    /// The settings of a target that knows the cloud.
    func settings(
        _ more: DocumentObject = [:],
        credential: Document? = nil,
        allow: [String] = ["127.0.0.0/8", "203.0.113.0/24"]
    ) throws -> CreodiasSettings {
        var cloud: DocumentObject = ["name": "test", "authURL": .string(url)]
        cloud["credential"] = credential
        for member in more.members { cloud[member.key] = member.value }
        let settings: DocumentObject = ["keystone": [.object(cloud)]]
        return try CreodiasSettings(TargetSettings(settings), TargetServices(allowedNetworks: allow) { _, _ in })
    }

    /// The options of a deployment to one of the cloud's clusters, with a credential of the user's own.
    static func options(cluster: String = "demo", _ more: [String: String] = [:]) throws -> OptionValues {
        let given = [
            "access": "cluster", "cluster": cluster, "namespace": "demo", "credential-id": "abc",
            "credential-secret": secret,
        ]
        return try OptionValues(given.merging(more) { $1 }, for: CreodiasTarget.manifest.options)
    }

    // MARK: Answers

    private func answer(_ request: RecordedRequest) -> StandInAnswer {
        let name = "\(request.method) \(request.path)"
        if let answer = faults.answers[name] { return answer }
        if name == "POST /v3/auth/tokens" { return signIn(request) }
        guard isKnown(request.headers["x-auth-token"] ?? "") else {
            return StandInAnswer(status: 401, #"{"error":{"code":401,"title":"Unauthorized","message":"No."}}"#)
        }
        switch name {
        case "GET /v1/clusters": return clusters(request)
        case "GET /v1/clusters/demo", "GET /v1/clusters/\(Self.complete)": return cluster(status: "CREATE_COMPLETE")
        case "GET /v1/clusters/young": return cluster(status: "CREATE_IN_PROGRESS", address: .null)
        case "GET /v1/clusters/broken": return cluster(status: "CREATE_FAILED", address: .null)
        case "GET /v1/clusters/hidden": return cluster(address: "https://10.0.0.4:6443")
        case "GET /v1/clusters/docker": return cluster(template: Self.swarm)
        case "GET /v1/clusters/plain": return cluster(template: Self.plain)
        case "GET /v1/clusters/foreign": return cluster(template: "99999999-9999-4999-8999-999999999999")
        case "GET /v1/clustertemplates":
            return StandInAnswer(Document.object(["clustertemplates": .array(Self.templates)]).jsonText())
        case _ where name.hasPrefix("GET /v1/clustertemplates/"):
            let found = Self.templates.first { name.hasSuffix("/\($0["uuid"]?.string ?? "")") }
            return found.map { StandInAnswer($0.jsonText()) } ?? Self.fault(404, "ClusterTemplate could not be found.")
        case "GET /v1/clusters/nowhere": return cluster(address: .null)
        case "GET /v1/clusters/open": return cluster(address: "http://127.0.0.1:8080")
        case "GET /v1/clusters/twins": return Self.fault(409, "Multiple clusters exist with same name.")
        case "GET /v1/certificates/demo", "GET /v1/certificates/\(Self.complete)":
            return StandInAnswer(Document.object(["pem": .string(pem("ca.pem"))]).jsonText())
        case "POST /v1/certificates": return sign(request)
        default: return Self.fault(404, "Cluster could not be found.")
        }
    }

    static func fault(_ status: Int, _ text: String) -> StandInAnswer {
        let error: Document = ["status": .number(NumberLiteral(status)), "title": "", "detail": .string(text)]
        return StandInAnswer(status: status, Document.object(["errors": [error]]).jsonText())
    }

    private func signIn(_ request: RecordedRequest) -> StandInAnswer {
        let identity = (try? Document(json: request.body))?["auth"]?["identity"]
        let method = identity?["methods"]?.array?.first?.string ?? ""
        let given = identity?[method]?["secret"] ?? identity?[method]?["user"]?["password"]
        guard given == .string(Self.secret) else {
            return StandInAnswer(
                status: 401,
                #"{"error":{"code":401,"title":"Unauthorized","message":"The request requires authentication."}}"#
            )
        }
        let token = "token-\(calls.filter { $0 == "POST /v3/auth/tokens" }.count)"
        left.withLock { $0[token] = faults.uses }
        let endpoints: Document = [
            ["interface": "public", "region_id": "R1", "url": .string(url)],
            ["interface": "internal", "region_id": "R1", "url": "http://127.0.0.1:1"],
        ]
        let catalog = faults.catalog ?? [["type": "container-infra", "endpoints": endpoints]]
        let body: Document = ["token": ["expires_at": .string(faults.expires), "catalog": catalog]]
        return StandInAnswer(
            status: 201,
            headers: ["X-Subject-Token": token, "content-type": "application/json"],
            body: body.json()
        )
    }

    private func isKnown(_ token: String) -> Bool {
        left.withLock { left in
            guard let count = left[token], count > 0 else { return false }
            left[token] = count - 1
            return true
        }
    }

    private func cluster(
        status: Document = "CREATE_COMPLETE",
        address: Document = "https://203.0.113.7:6443",
        template: String = usual
    ) -> StandInAnswer {
        let cluster: Document = [
            "uuid": .string(Self.complete), "name": "demo", "status": status, "api_address": address,
            "coe_version": "v1.29.1", "status_reason": "Quota exceeded", "health_status": "HEALTHY", "node_count": 2,
            "cluster_template_id": .string(template),
        ]
        return StandInAnswer(cluster.jsonText())
    }

    /// Two pages.
    private func clusters(_ request: RecordedRequest) -> StandInAnswer {
        if request.query?.contains("marker=") == true {
            let last: Document = [
                "uuid": .string(Self.complete), "name": "demo", "status": "UPDATE_COMPLETE",
                "cluster_template_id": .string(Self.usual),
            ]
            let docker: Document = [
                "uuid": "66666666-6666-4666-8666-666666666666", "name": "docker", "status": "CREATE_COMPLETE",
                "cluster_template_id": .string(Self.swarm),
            ]
            return StandInAnswer(Document.object(["clusters": [docker, last]]).jsonText())
        }
        let first: Document = [
            "uuid": "22222222-2222-4222-8222-222222222222", "name": "young", "status": "CREATE_IN_PROGRESS",
        ]
        let next: Document = "http://192.0.2.1/v1/clusters?marker=x"
        return StandInAnswer(Document.object(["clusters": [first], "next": next]).jsonText())
    }

    private func sign(_ request: RecordedRequest) -> StandInAnswer {
        let body = try? Document(json: request.body)
        guard let text = body?["csr"]?.string, let file = try? folder.write("\(UUID()).csr", text) else {
            return Self.fault(400, "CSR is missing.")
        }
        let words = openssl("req", "-in", file, "-noout", "-text")
        if faults.refusesEllipticCurves, words.contains("id-ecPublicKey") {
            return Self.fault(400, "Only RSA keys are supported.")
        }
        let certificate = openssl(
            "x509", "-req", "-in", file, "-CA", "\(folder.path)/ca.pem", "-CAkey", "\(folder.path)/ca.key",
            "-CAcreateserial", "-days", "1"
        )
        // Magnum leaves out the last line end.
        let pem = certificate.split(separator: "\n").joined(separator: "\n")
        return StandInAnswer(status: 201, Document.object(["pem": .string(pem)]).jsonText())
    }

    private func pem(_ name: String) -> String {
        String(decoding: (try? authority.bytes(name)) ?? [], as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    private func openssl(_ arguments: String...) -> String {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return "" }
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
