import Kubernetes
import Secrets
import TestSupport
import Testing

struct RefusedKubeconfigTests {
    private func refusal(
        of fixture: KubeconfigFixture,
        context: String? = nil,
        now: Int64 = KubeconfigFixture.now
    ) -> KubeconfigError? {
        #expect(throws: KubeconfigError.self) { try fixture.parsed(context: context, now: now) }
    }

    @Test(arguments: [
        ("exec: {command: /bin/bash}", "exec"), ("exec: null", "exec"),
        ("auth-provider: {name: oidc}", "auth-provider"),
        ("client-certificate: /etc/passwd", "client-certificate"), ("client-key: key.pem", "client-key"),
        ("tokenFile: /run/token", "tokenFile"), ("username: hunter2", "username"), ("password: hunter2", "password"),
        ("as: root", "as"), ("as-groups: [a]", "as-groups"), ("as-user-extra: {a: [b]}", "as-user-extra"),
        ("as-uid: hunter2", "as-uid"), ("surprise: hunter2", "surprise"), ("Exec: {}", "Exec"),
    ])
    func `A field of the user that is not accepted is refused by name`(line: String, name: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.user.append(line)
        let error = refusal(of: fixture)
        #expect(error?.field == "users[0].user.\(name)")
        #expect(error?.why.isEmpty == false && error?.remedy.isEmpty == false)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(arguments: [
        ("certificate-authority: /etc/ca.pem", "certificate-authority"),
        ("insecure-skip-tls-verify: true", "insecure-skip-tls-verify"),
        ("insecure-skip-tls-verify: \"false\"", "insecure-skip-tls-verify"),
        ("proxy-url: http://127.0.0.1:3128", "proxy-url"), ("surprise: 1", "surprise"),
        ("disable-compression: true", "disable-compression"), ("tls-server-name: \"a b\"", "tls-server-name"),
        ("tls-server-name: [a]", "tls-server-name"),
        ("certificate-authority-data: \"!\"", "certificate-authority-data"),
        ("certificate-authority-data: aGk=", "certificate-authority-data"),
    ])
    func `A field of the cluster that is not accepted is refused by name`(line: String, name: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.cluster = [line]
        #expect(refusal(of: fixture)?.field == "clusters[0].cluster.\(name)")
    }

    @Test(arguments: [
        "!", "aGk", "aGl=", "aG=k", "aGk==", "aB==", "aGVsbG8", "aGVsbG9=", "aGk=aGk=", "a-_k", "\u{FC}GkK", "====",
    ])
    func `Base64 must be exact`(data: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.cluster = ["certificate-authority-data: \"\(data)\""]
        #expect(refusal(of: fixture)?.why.contains("base64") == true)
    }

    @Test func `exec is refused with another way to sign in`() throws {
        var fixture = try KubeconfigFixture()
        fixture.user = ["exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: /bin/bash}"]
        #expect(refusal(of: fixture)?.remedy.contains("application credential") == true)
    }

    @Test(arguments: [
        ("None", "no API address yet"), ("", "no API address yet"), ("\"\"", "no API address yet"),
        ("http://203.0.113.7:8080", "not encrypted"), ("HTTP://203.0.113.7", "not encrypted"),
        ("https://hunter2:x@k.example.org", "user name or password"), ("https://k.example.org?a=b", "plain https"),
        ("https://k.example.org#f", "plain https"), ("https://@k.example.org", "user name or password"),
        ("file:///etc/passwd", "not an absolute http"), ("k.example.org:6443", "not an absolute http"),
        ("[a]", "not a text"), ("\"https://a b\"", "blanks"), ("https://k.example.org:0", "port"),
    ])
    func `The API address must be a plain https URL`(server: String, reason: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.server = server
        let error = refusal(of: fixture)
        #expect(error?.field == "clusters[0].cluster.server")
        #expect(error?.why.contains(reason) == true, "\(error?.why ?? "")")
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(arguments: [
        ("client-key-data: rsa-locked.pem", "client-key-data", "passphrase"),
        ("client-key-data: rsa8-locked.pem", "client-key-data", "passphrase"),
        ("client-key-data: ec.pem", "client-key-data", "does not belong"),
        ("client-key-data: admin.crt", "client-key-data", "no private key"), ("", "client-key-data", "missing"),
        ("client-certificate-data: rsa.pem", "client-certificate-data", "private key"),
    ])
    func `Keys and certificates must fit`(line: String, name: String, reason: String) throws {
        var fixture = try KubeconfigFixture()
        let words = line.split(separator: " ").map(String.init)
        if let field = words.first {
            fixture.user.removeAll { $0.hasPrefix(field) }
            fixture.user.append("\(field) \(try fixture.certificates.base64(words[1]))")
        } else {
            fixture.user.removeLast()
        }
        let error = refusal(of: fixture)
        #expect(error?.field == "users[0].user.\(name)")
        #expect(error?.why.contains(reason) == true, "\(error?.why ?? "")")
    }

    @Test(arguments: ["extensions: []", "token: \"\"", "token: null"])
    func `A user without credentials is refused`(line: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.user = [line]
        #expect(refusal(of: fixture)?.field == "users[0].user")
    }

    @Test(arguments: ["\"hunter2 x\"", "\"hunter2\\nx\"", "hunter2\u{FC}", "[hunter2]"])
    func `A token that can't be sent is refused without showing it`(token: String) throws {
        var fixture = try KubeconfigFixture()
        fixture.user = ["token: \(token)"]
        let error = refusal(of: fixture)
        #expect(error?.field == "users[0].user.token")
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func `A certificate out of its time is refused with the dates`() throws {
        let fixture = try KubeconfigFixture()
        let late = refusal(of: fixture, now: KubeconfigFixture.now + 40 * 86_400)
        #expect(late?.why.contains(/expired on 20..-..-..T..:..:..Z/) == true)
        let early = refusal(of: fixture, now: KubeconfigFixture.now - 40 * 86_400)
        #expect(early?.why.contains(/valid from 20..-..-..T..:..:..Z/) == true)
        #expect(throws: Never.self) { try fixture.parsed(now: KubeconfigFixture.now - 10 * 86_400 - 120) }
    }

    @Test func `A context must exist, once, and be complete`() throws {
        var fixture = try KubeconfigFixture()
        #expect(refusal(of: fixture, context: "elsewhere")?.remedy.contains("default") == true)
        fixture.currentContext = "\"\""
        #expect(refusal(of: fixture)?.field == "current-context")
        fixture = try KubeconfigFixture()
        fixture.context = ["cluster: green"]
        #expect(refusal(of: fixture)?.field == "contexts[0].context.user")
        fixture.context = ["cluster: red", "user: admin"]
        #expect(refusal(of: fixture)?.field == "clusters")
        fixture.context = ["cluster: green", "user: admin", "namespace: A_b"]
        #expect(refusal(of: fixture)?.field == "contexts[0].context.namespace")
        fixture.context = ["cluster: green", "user: admin", "surprise: 1"]
        #expect(refusal(of: fixture)?.field == "contexts[0].context.surprise")
    }

    @Test(arguments: [
        "", "~", "just words", "- 1", "{}", "\u{0}", "a: b: c", "kind: Pod",
        "apiVersion: v2", "surprise: 1", "clusters: 1\ncurrent-context: a",
    ])
    func `What is no kubeconfig is refused`(text: String) {
        #expect(throws: KubeconfigError.self) { try Kubeconfig(parsing: SecretBytes(text), now: 0) }
    }

    @Test func `Tricks of YAML are refused`() throws {
        let text = try KubeconfigFixture().text
        let tricks = [
            text + "---\n" + text, text.replacing("kind: Config", with: "kind: &hunter2 Config"),
            text.replacing("kind: Config", with: "kind: !hunter2 Config"),
            text.replacing("kind: Config", with: "kind: &a Config\nextensions: [*a]"),
            text.replacing("kind: Config", with: "kind: Config\nkind: Config"),
            text.replacing("kind: Config", with: "kind: Config\n\"kind\": Config"),
            text.replacing("name: green", with: "name: green\n  name: hunter2"),
            text.replacing("kind: Config", with: "kind: Config\n<<: {a: b}"),
            text + "- name: admin\n  user: {token: hunter2}\n", text + String(repeating: "#\n", count: 131_073),
            text.replacing("  name: green", with: "  name: green\n  path: hunter2"),
        ]
        for (number, trick) in tricks.enumerated() {
            let error = #expect(throws: KubeconfigError.self, "trick \(number)") {
                try Kubeconfig(parsing: SecretBytes(trick), now: KubeconfigFixture.now)
            }
            #expect(error?.description.contains("hunter2") == false)
        }
    }

    @Test func `Mutated kubeconfigs are read or refused, and nothing else`() throws {
        let text = Array(try KubeconfigFixture().text.utf8)
        var mutator = Mutator(seed: 7)
        var refused = 0
        for _ in 0..<300 {
            let bytes = mutator.mutate(text)
            do {
                let config = try Kubeconfig(parsing: SecretBytes(bytes), now: KubeconfigFixture.now)
                #expect(config.server.hasPrefix("https://"))
            } catch {
                #expect(!error.field.isEmpty && !error.why.isEmpty && !error.remedy.isEmpty)
                refused += 1
            }
        }
        #expect(refused > 50)
    }
}
