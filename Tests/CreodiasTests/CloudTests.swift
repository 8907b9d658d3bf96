import Documents
import Secrets
import TargetContract
import TestSupport
import Testing
import Transport

@testable import Creodias

/// The way from a credential to a certificate, against stand-ins for Keystone and Magnum.
@Suite(.timeLimit(.minutes(1)))
struct CloudTests {
    private static func identity(
        _ cloud: StandInCloud,
        cluster: String = "demo",
        _ more: [String: String] = [:],
        settings: CreodiasSettings? = nil
    ) async throws -> ClusterIdentity {
        let settings = try settings ?? cloud.settings()
        return try await ClusterIdentity.make(
            settings.clouds.magnum(StandInCloud.options(cluster: cluster, more)),
            cluster: cluster,
            subject: settings.certificate.subject,
            algorithm: settings.certificate.algorithm,
            policy: settings.policy
        )
    }

    @Test func `A certificate costs a token, two looks side by side, and a signature`() async throws {
        try await StandInCloud.serving { cloud in
            let identity = try await Self.identity(cloud)
            #expect(identity.server == "https://203.0.113.7:6443")
            #expect(identity.description.commonName == "admin")
            #expect(identity.description.organizations == ["system:masters"])
            #expect(cloud.calls.first == "POST /v3/auth/tokens")
            #expect(
                cloud.calls.dropFirst().sorted() == [
                    "GET /v1/certificates/demo", "GET /v1/clusters/demo",
                    "GET /v1/clustertemplates/\(StandInCloud.usual)", "POST /v1/certificates",
                ])
            let version = cloud.requests.last?.headers["openstack-api-version"]
            #expect(version == "container-infra latest")
        }
    }

    @Test func `An authority that could not be had early is asked for once the cluster is known`() async throws {
        var faults = StandInCloud.Faults()
        faults.answers["GET /v1/certificates/demo"] = StandInAnswer(status: 503, "{}")
        try await StandInCloud.serving(faults) { cloud in
            _ = try await Self.identity(cloud)
            #expect(cloud.calls.contains("GET /v1/certificates/\(StandInCloud.complete)"))
        }
    }

    @Test func `An authority and a template are remembered for the next certificate`() async throws {
        try await StandInCloud.serving { cloud in
            let settings = try cloud.settings()
            let first = try await Self.identity(cloud, settings: settings)
            let second = try await Self.identity(cloud, settings: settings)
            #expect(first.authority == second.authority && first.certificate != second.certificate)
            #expect(cloud.calls.filter { $0.hasPrefix("GET /v1/certificates") } == ["GET /v1/certificates/demo"])
            #expect(cloud.calls.count { $0.hasPrefix("GET /v1/clustertemplates") } == 1)
        }
    }

    @Test func `An authority that did not sign the certificate is asked for anew`() async throws {
        let another = try CertificateFixture.shared.get().pem("user.crt")
        var faults = StandInCloud.Faults()
        let answer = Document.object(["pem": .string(String(decoding: another, as: UTF8.self))])
        faults.answers["GET /v1/certificates/demo"] = StandInAnswer(answer.jsonText())
        try await StandInCloud.serving(faults) { cloud in
            let settings = try cloud.settings()
            for _ in 0..<2 {
                let identity = try await Self.identity(cloud, settings: settings)
                #expect(identity.authority != another)
            }
            // The right one has taken the place of the other.
            #expect(
                cloud.calls.filter { $0.hasPrefix("GET /v1/certificates") }
                    == ["GET /v1/certificates/demo", "GET /v1/certificates/\(StandInCloud.complete)"])
        }
    }

    @Test func `The secret is in the body of one request, and nowhere else`() async throws {
        try await StandInCloud.serving { cloud in
            let settings = try cloud.settings(credential: ["id": "abc", "secret": .string(StandInCloud.secret)])
            let identity = try await Self.identity(cloud, settings: settings)
            for request in cloud.requests.dropFirst() { #expect(!"\(request)".contains("m4rk")) }
            let body = try Document(json: cloud.requests.first?.body ?? [])
            #expect(
                body["auth"]?["identity"] == [
                    "methods": ["application_credential"],
                    "application_credential": ["id": "abc", "secret": .string(StandInCloud.secret)],
                ])
            #expect(body["auth"]?["scope"] == nil)
            var text = ""
            dump([settings.clouds.list, identity] as [Any], to: &text)
            #expect(!text.contains("m4rk") && !text.contains("PRIVATE KEY"))
        }
    }

    @Test(arguments: ["young", "broken", "hidden", "nowhere", "open", "twins", "unknown"])
    func `A cluster that cannot be deployed to is refused before it is asked for a certificate`(
        name: String
    ) async throws {
        let words = [
            "young": "still being made", "broken": "could not be made (CREATE_FAILED): Quota exceeded",
            "hidden": "created without a public API", "nowhere": "no address", "open": "TLS disabled",
            "twins": "Multiple clusters", "unknown": "could not be found",
        ]
        try await StandInCloud.serving { cloud in
            let error = await #expect(throws: TargetError.self) { try await Self.identity(cloud, cluster: name) }
            #expect(error?.why.contains(words[name] ?? "?") == true, "\(error?.why ?? "")")
            #expect(!cloud.calls.contains("POST /v1/certificates"))
        }
    }

    @Test(arguments: [("docker", "a cluster of swarm, not of Kubernetes"), ("plain", "TLS disabled")])
    func `A cluster whose template is of another kind is refused`(name: String, words: String) async throws {
        try await StandInCloud.serving { cloud in
            let error = await #expect(throws: TargetError.self) { try await Self.identity(cloud, cluster: name) }
            #expect(error?.why.contains(words) == true, "\(error?.why ?? "")")
            #expect(error?.code == .unsupported && error?.remedy.contains("template") == true)
        }
    }

    @Test func `A template that the cloud does not show is no obstacle`() async throws {
        try await StandInCloud.serving { cloud in
            _ = try await Self.identity(cloud, cluster: "foreign")
            #expect(cloud.calls.contains { $0.hasPrefix("GET /v1/clustertemplates/9999") })
        }
    }

    @Test func `A token that is not accepted any more is exchanged once`() async throws {
        var faults = StandInCloud.Faults()
        faults.uses = 1
        try await StandInCloud.serving(faults) { cloud in
            let magnum = try cloud.settings().clouds.magnum(StandInCloud.options())
            _ = try await magnum.cluster("demo")
            _ = try await magnum.cluster("demo")
            #expect(cloud.calls.filter { $0 == "POST /v3/auth/tokens" }.count == 2)
        }
        faults.uses = 0
        try await StandInCloud.serving(faults) { cloud in
            let magnum = try cloud.settings().clouds.magnum(StandInCloud.options())
            let error = await #expect(throws: TargetError.self) { try await magnum.cluster("demo") }
            #expect(error?.what.contains("token") == true)
            #expect(cloud.calls.filter { $0 == "POST /v3/auth/tokens" }.count == 2)
        }
    }

    @Test(arguments: [("2099-01-01T00:00:00.000000Z", 1), ("2020-01-01T00:00:00.000000Z", 2)])
    func `A token serves until shortly before its end`(expires: String, count: Int) async throws {
        var faults = StandInCloud.Faults()
        faults.expires = expires
        try await StandInCloud.serving(faults) { cloud in
            let settings = try cloud.settings(credential: ["id": "abc", "secret": .string(StandInCloud.secret)])
            let given = ["access": "cluster", "cluster": "demo", "namespace": "demo"]
            let options = try OptionValues(given, for: CreodiasTarget.manifest.options)
            for _ in 0..<2 { _ = try await settings.clouds.magnum(options).cluster("demo") }
            #expect(cloud.calls.filter { $0 == "POST /v3/auth/tokens" }.count == count)
        }
    }

    @Test func `A certificate is made anew where the token has ended meanwhile, too`() async throws {
        var faults = StandInCloud.Faults()
        // As often as the first certificate needs it.
        faults.uses = 4
        try await StandInCloud.serving(faults) { cloud in
            let settings = try cloud.settings(credential: ["id": "abc", "secret": .string(StandInCloud.secret)])
            let given = ["access": "cluster", "cluster": "demo", "namespace": "demo"]
            let options = try OptionValues(given, for: CreodiasTarget.manifest.options)
            for _ in 0..<2 {
                _ = try await ClusterIdentity.make(
                    settings.clouds.magnum(options),
                    cluster: "demo",
                    subject: settings.certificate.subject,
                    algorithm: settings.certificate.algorithm,
                    policy: settings.policy
                )
            }
            #expect(cloud.calls.count { $0 == "POST /v3/auth/tokens" } == 2)
            #expect(cloud.calls.count { $0 == "POST /v1/certificates" } == 2)
        }
    }

    @Test func `Calls side by side share one token, also where it is not accepted any more`() async throws {
        var faults = StandInCloud.Faults()
        faults.uses = 4
        try await StandInCloud.serving(faults) { cloud in
            let magnum = try cloud.settings().clouds.magnum(StandInCloud.options())
            for _ in 0..<2 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 { group.addTask { _ = try await magnum.cluster("demo") } }
                    try await group.waitForAll()
                }
            }
            #expect(cloud.calls.count { $0 == "POST /v3/auth/tokens" } == 2)
        }
    }

    @Test func `A signer that takes no elliptic curves gets an RSA key`() async throws {
        var faults = StandInCloud.Faults()
        faults.refusesEllipticCurves = true
        try await StandInCloud.serving(faults) { cloud in
            let identity = try await Self.identity(cloud)
            #expect(identity.description.commonName == "admin")
            #expect(cloud.calls.filter { $0 == "POST /v1/certificates" }.count == 2)
        }
    }

    @Test(arguments: [(400, 2), (403, 1), (409, 1), (503, 1)])
    func `Another key is tried only where the request itself was not taken`(status: Int, requests: Int) async throws {
        var faults = StandInCloud.Faults()
        faults.answers = ["POST /v1/certificates": StandInAnswer(status: status, "{}")]
        try await StandInCloud.serving(faults) { cloud in
            await #expect(throws: TargetError.self) { _ = try await Self.identity(cloud) }
            #expect(cloud.calls.filter { $0 == "POST /v1/certificates" }.count == requests)
        }
    }

    @Test(arguments: [
        ("POST /v3/auth/tokens", 401, TargetError.Code.invalidOption, "refuses the credential"),
        ("POST /v3/auth/tokens", 503, .unavailable, "does not work at the moment"),
        ("POST /v3/auth/tokens", 200, .unavailable, "does not answer as Keystone does"),
        ("GET /v1/clusters/demo", 503, .unavailable, "does not work at the moment"),
        ("GET /v1/clusters/demo", 200, .unavailable, "does not answer as Magnum does"),
        ("GET /v1/clusters/demo", 403, .failed, "may not be looked at"),
        ("GET /v1/clustertemplates/\(StandInCloud.usual)", 503, .unavailable, "does not work at the moment"),
        ("GET /v1/clustertemplates/\(StandInCloud.usual)", 200, .unavailable, "does not answer as Magnum does"),
        ("GET /v1/certificates/\(StandInCloud.complete)", 403, .invalidOption, "gives no certificate"),
        ("GET /v1/certificates/\(StandInCloud.complete)", 404, .unavailable, "has no certificate authority"),
        ("POST /v1/certificates", 400, .failed, "does not sign"),
        ("POST /v1/certificates", 403, .invalidOption, "gives no certificate"),
        ("POST /v1/certificates", 500, .unavailable, "does not work at the moment"),
    ])
    func `What a cloud refuses is told by what it means`(
        call: String,
        status: Int,
        code: TargetError.Code,
        words: String
    ) async throws {
        var faults = StandInCloud.Faults()
        let answer = StandInAnswer(status: status, "<html>m4rk of a proxy</html>")
        faults.answers[call] = answer
        // The authority is asked for by name first.
        if call.hasSuffix(StandInCloud.complete) { faults.answers["GET /v1/certificates/demo"] = answer }
        try await StandInCloud.serving(faults) { cloud in
            let error = await #expect(throws: TargetError.self) { try await Self.identity(cloud) }
            #expect(error?.code == code && error?.what.contains(words) == true, "\(String(describing: error))")
            #expect(error?.description.contains("m4rk") == false)
        }
    }

    @Test func `A cloud is called without encryption only in a network that is allowed`() async throws {
        try await StandInCloud.serving { cloud in
            let settings = try cloud.settings(allow: [])
            let error = await #expect(throws: TargetError.self) { try await Self.identity(cloud, settings: settings) }
            #expect(error?.remedy.contains("network.allow") == true && cloud.calls.isEmpty)
        }
    }

    @Test(
        arguments: [
            ([], "without a catalogue"),
            (
                [["type": "compute", "endpoints": [["interface": "public", "url": "http://127.0.0.1:1"]]]], "no service"
            ),
            (
                [["type": "container-infra", "endpoints": [["interface": "admin", "url": "http://127.0.0.1:1"]]]],
                "no public endpoint"
            ),
        ] as [(Document, String)])
    func `A catalogue without Magnum is explained`(catalog: Document, words: String) async throws {
        var faults = StandInCloud.Faults()
        faults.catalog = catalog
        try await StandInCloud.serving(faults) { cloud in
            let error = await #expect(throws: TargetError.self) { try await Self.identity(cloud) }
            #expect(error?.why.contains(words) == true, "\(error?.why ?? "")")
        }
    }

    @Test func `A region that is not there is answered with those that are`() async throws {
        try await StandInCloud.serving { cloud in
            let error = await #expect(throws: TargetError.self) {
                try await Self.identity(cloud, ["region": "R9"])
            }
            #expect(error?.why.contains("R1") == true && error?.why.contains("R9") == true)
            let settings = try cloud.settings(["regions": ["R8"]])
            let other = await #expect(throws: TargetError.self) { try await Self.identity(cloud, settings: settings) }
            #expect(other?.why.contains("R1") == true && other?.why.contains("R8") == true)
        }
    }

    @Test func `Choices are clouds, regions and clusters, those first that can be taken`() async throws {
        try await StandInCloud.serving { cloud in
            let settings = try cloud.settings()
            let choices = ClusterChoices(clouds: settings.clouds, policy: settings.policy)
            let given = try StandInCloud.options()
            #expect(try await choices.choices(for: "cloud", given).map(\.value) == ["test"])
            #expect(try await choices.choices(for: "region", given).map(\.value) == ["R1"])
            let clusters = try await choices.choices(for: "cluster", given)
            #expect(clusters.map(\.label) == ["demo", "docker", "young"])
            #expect(clusters.map(\.isAvailable) == [true, false, false])
            #expect(clusters[1].help == "it is a cluster of swarm, not of Kubernetes")
            #expect(clusters.last?.help?.contains("still being made") == true)
        }
    }

    @Test func `Clusters are offered where their templates are not shown, too`() async throws {
        var faults = StandInCloud.Faults()
        faults.answers["GET /v1/clustertemplates"] = StandInCloud.fault(403, "Policy doesn't allow it.")
        try await StandInCloud.serving(faults) { cloud in
            let settings = try cloud.settings()
            let choices = ClusterChoices(clouds: settings.clouds, policy: settings.policy)
            let clusters = try await choices.choices(for: "cluster", try StandInCloud.options())
            #expect(clusters.map(\.isAvailable) == [true, true, false])
        }
    }
}
