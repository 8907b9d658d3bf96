import Foundation
import Kubernetes
import Secrets
import TestSupport
import Testing

struct AcceptedKubeconfigTests {
    @Test func `The stock kubeconfig of a Magnum cluster gives everything a connection needs`() throws {
        let fixture = try KubeconfigFixture()
        let config = try fixture.parsed()
        #expect(config.server == "https://203.0.113.7:6443")
        #expect(try config.authorities == fixture.certificates.pem("admin.crt"))
        #expect(try config.certificate == fixture.certificates.pem("admin.crt"))
        #expect(try config.key?.isEqual(to: SecretBytes(fixture.certificates.pem("rsa.pem"))) == true)
        #expect(config.token == nil && config.serverName == nil && config.namespace == nil)
        #expect([config.contextName, config.clusterName, config.userName] == ["default", "green", "admin"])
        #expect(config.xray.user == "client certificate CN=admin, O=system:masters")
        #expect(config.xray.server == config.server && config.xray.context == "default")
        #expect(config.xray.remarks.count == 1)
        #expect(config.xray.remarks.first?.contains("system:masters") == true)
        let expiry = try #require(config.xray.expiry)
        #expect((19 * 86_400...20 * 86_400).contains(expiry.seconds - KubeconfigFixture.now))
    }

    @Test(arguments: ["rsa8.pem admin.crt", "ec.pem user.crt", "ec8.pem user.crt"])
    func `Keys in PKCS#8 and of elliptic curves are accepted`(files: String) throws {
        var fixture = try KubeconfigFixture()
        let names = files.split(separator: " ").map(String.init)
        fixture.user = [
            "client-certificate-data: \(try fixture.certificates.base64(names[1]))",
            "client-key-data: \(try fixture.certificates.base64(names[0]))",
        ]
        #expect(try fixture.parsed().key != nil)
    }

    @Test(arguments: ["abc.DEF-123", "\"abc\"", "12345"])
    func `A token is enough`(token: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.user = ["token: \(token)"]
        let config = try fixture.parsed()
        let plain = token.filter { $0 != "\"" }
        #expect(config.token?.isEqual(to: SecretBytes(plain)) == true)
        #expect(config.certificate == nil && config.key == nil)
        #expect(config.xray.user == "token" && config.xray.expiry == nil && config.xray.remarks == [])
    }

    @Test func `A certificate and a token are both kept`() throws {
        var fixture = try KubeconfigFixture()
        fixture.user.append("token: abc")
        let config = try fixture.parsed()
        #expect(config.token != nil && config.certificate != nil)
        #expect(config.xray.user.hasSuffix(" and token"))
    }

    @Test func `A byte order mark, CRLF, blank lines, a document marker and JSON are accepted`() throws {
        let text = try KubeconfigFixture().text
        let json =
            #"{"apiVersion":"v1","kind":"Config","current-context":"c","contexts":[{"name":"c","context":"#
            + #"{"cluster":"k","user":"u","namespace":"n"}}],"clusters":[{"name":"k","cluster":{"server":"#
            + #""https://k.example.org"}}],"users":[{"name":"u","user":{"token":"t"}}]}"#
        for form in [
            "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"), "\n\n" + text + "\n\n\n", "---\n" + text, json,
        ] {
            let config = try Kubeconfig(parsing: SecretBytes(form), now: KubeconfigFixture.now)
            #expect(config.server.hasPrefix("https://"))
        }
    }

    @Test func `Harmless fields are accepted`() throws {
        var fixture = try KubeconfigFixture()
        fixture.cluster += [
            "tls-server-name: kubernetes.default", "insecure-skip-tls-verify: false", "extensions: []",
        ]
        fixture.context += ["namespace: team-1", "extensions: []"]
        fixture.user += ["extensions: []"]
        let config = try fixture.parsed()
        #expect(config.serverName == "kubernetes.default")
        #expect(config.namespace == "team-1" && config.xray.namespace == "team-1")
    }

    @Test func `Base64 in several lines is accepted`() throws {
        var fixture = try KubeconfigFixture()
        let data = Data(try fixture.certificates.pem("admin.crt")).base64EncodedString(options: .lineLength64Characters)
        fixture.cluster = ["certificate-authority-data: |"] + data.split(whereSeparator: \.isNewline).map { "  \($0)" }
        #expect(try fixture.parsed().authorities == fixture.certificates.pem("admin.crt"))
    }

    @Test func `Only the chosen context, its cluster and its user are looked at`() throws {
        let other = """
            - name: other
              context: {cluster: blue, user: robot, unknown: 1}
            """
        var text = try KubeconfigFixture().text
        text = text.replacing("contexts:\n", with: "contexts:\n\(other)\n")
        text = text.replacing("users:\n", with: "users:\n- {name: robot, user: {exec: {command: /bin/bash}}}\n")
        let secret = SecretBytes(text)
        #expect(try Kubeconfig(parsing: secret, now: KubeconfigFixture.now).userName == "admin")
        #expect(try Kubeconfig(parsing: secret, context: "default", now: KubeconfigFixture.now).userName == "admin")
        #expect(throws: KubeconfigError.self) {
            try Kubeconfig(parsing: secret, context: "other", now: KubeconfigFixture.now)
        }
    }

    @Test(arguments: [("https://10.0.0.5:6443/", true), ("https://k.example.org/k8s/c-1", false)])
    func `A private API address is remarked on`(server: String, isPrivate: Bool) throws {
        var fixture = try KubeconfigFixture()
        fixture.server = server
        fixture.user = ["token: abc"]
        let config = try fixture.parsed()
        #expect(!config.server.hasSuffix("/"))
        #expect(config.xray.remarks.contains { $0.contains("private address") } == isPrivate)
    }

    @Test func `A certificate that expires within two weeks is remarked on`() throws {
        let config = try KubeconfigFixture().parsed(now: KubeconfigFixture.now + 10 * 86_400)
        #expect(config.xray.remarks.contains { $0.contains("expires soon") })
    }

    @Test func `Nothing printed shows a secret`() throws {
        var fixture = try KubeconfigFixture()
        fixture.user.append("token: hunter2hunter2")
        let config = try fixture.parsed()
        var dumped = ""
        dump(config, to: &dumped)
        let key = try fixture.certificates.base64("rsa.pem")
        for text in ["\(config)", String(reflecting: config), "\([config])", dumped, "\(config.xray)"] {
            #expect(!text.contains("hunter2") && !text.contains("PRIVATE KEY") && !text.contains(key.prefix(40)))
        }
        #expect("\(config)" == "<redacted>" && Mirror(reflecting: config).children.isEmpty)
    }
}
