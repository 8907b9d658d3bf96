import Documents
import Kubernetes
import TargetContract
import TestSupport
import Testing
import Transport

@testable import Creodias

/// Structures that hold what users gave as a secret can be printed without showing it.
struct DescriptionTests {
    private static let marks = ["m4rk-of-the-token", "m4rk-of-the-password", "m4rk-of-a-variable"]

    private func options() throws -> OptionValues {
        let authority = try CertificateFixture.shared.get().base64("admin.crt")
        let kubeconfig = """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: k, cluster: {server: "https://203.0.113.7:6443", certificate-authority-data: "\(authority)"}}]
            contexts: [{name: c, context: {cluster: k, user: u}}]
            users: [{name: u, user: {token: "m4rk-of-the-token"}}]
            """
        let given = [
            "kubeconfig": kubeconfig, "namespace": "demo", "registry": "r.example.org", "registry-user": "u",
            "registry-password": "m4rk-of-the-password", "node-settings": "a: {env: {KEY: m4rk-of-a-variable}}",
        ]
        return try OptionValues(given, for: CreodiasTarget.manifest.options)
    }

    private func printed(_ value: Any) -> String {
        var text = "\(value) \(String(reflecting: value))"
        dump(value, to: &text)
        return text
    }

    @Test func `No credential is in a description`() async throws {
        let options = try options()
        let settings = try CreodiasSettings(TargetSettings(), TargetServices { _, _ in })
        let request = try DeploymentRequest(options, settings: settings)
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let storage = StorageChoice(access: "automatic", storageClass: nil, classes: [])
        let objects = SolutionObjects(
            plan: try Cluster.pipeline(), request: request, storage: storage, usesPullSecret: true)
        let desired = try objects.make(exposed: [])
        let plan = WorkPlan(desired: desired, live: [:], solution: "s")
        for value in [options, request, connection, connection.facts, objects, desired, plan] as [Any] {
            let text = printed(value)
            for mark in Self.marks { #expect(!text.contains(mark), "\(type(of: value)) shows \(mark)") }
        }
    }

    @Test func `No credential is in a request`() async throws {
        let options = try options()
        let settings = try CreodiasSettings(TargetSettings(), TargetServices { _, _ in })
        let connection = try await ClusterConnection.open(options, settings: settings)
        defer { connection.access.shutdown() }
        let credentials = await connection.access.credentials()
        let authorization = try #require(credentials.authorization)
        let request = HTTPRequest(url: "https://203.0.113.7:6443/api", authorization: authorization)
        for value in [authorization, credentials, request, connection.access, connection.api] as [Any] {
            let text = printed(value)
            for mark in Self.marks { #expect(!text.contains(mark), "\(type(of: value)) shows \(mark)") }
        }
    }
}
