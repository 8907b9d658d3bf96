import Documents
import Foundation
import Manifests
import Secrets
import TestSupport
import Testing

struct PullSecretTests {
    @Test(arguments: [
        ("registry.example.org:5000", "registry.example.org:5000"), ("docker.io", "https://index.docker.io/v1/"),
        ("index.docker.io", "https://index.docker.io/v1/"),
    ])
    func `The pull Secret holds the sign-in for its registry`(registry: String, key: String) throws {
        let plan = try ClusterStyle.plan(folders: [])
        let writer = ManifestWriter(plan: plan, style: ClusterStyle.everything)
        for password in ["p", "pa", "pas:s", "\"wörd\\", ""] {
            let body = try #require(
                writer.pullSecretObject(registry: registry, user: "robot$x", password: SecretBytes(password)))
            #expect("\(body)" == "<redacted>")
            let document = try Document(json: body.withBytes { Array($0) })
            #expect(document["kind"] == "Secret" && document["apiVersion"] == "v1")
            #expect(document["type"] == "kubernetes.io/dockerconfigjson")
            #expect(document["metadata"]?["name"] == "registry-login")
            #expect(document["metadata"]?["namespace"] == "team-1")
            let config = try Document(json: decoded(document["data"]?[".dockerconfigjson"]))
            #expect(config["auths"]?.object?.keys == [key])
            let login = try decoded(config["auths"]?[key]?["auth"])
            #expect(String(decoding: login, as: UTF8.self) == "robot$x:\(password)")
        }
    }

    @Test func `Without a pull Secret there is none`() throws {
        let plan = try ClusterStyle.plan(folders: [])
        let style = ManifestStyle(serviceType: .clusterIP, nodeServicePort: 8061, pullSecret: nil)
        let writer = ManifestWriter(plan: plan, style: style)
        #expect(writer.pullSecretObject(registry: "r", user: "u", password: SecretBytes("p")) == nil)
    }

    private func decoded(_ document: Document?) throws -> [UInt8] {
        let text = try #require(document?.string)
        return [UInt8](try #require(Data(base64Encoded: text)))
    }
}
