import TargetContract
import Testing

@testable import Playground

@Suite("the page that a playground names")
struct PagePathTests {
    private static func page(_ path: String, at url: String = "https://play.example.org/deploy_solution") throws
        -> String
    {
        try PlaygroundAddress(url).page(PagePath(path))
    }

    @Test(
        "is on the configured server, below what stands in front of the action",
        arguments: [
            ("https://h/deploy_solution", "/p/x", "https://h/p/x"),
            ("https://h/deploy_solution", "/", "https://h/"),
            (
                "https://h/deploy_solution", "/dashboard?selected_deployment_id=7f%20a&b=/..",
                "https://h/dashboard?selected_deployment_id=7f%20a&b=/.."
            ),
            ("https://h/deploy_solution", "/#/runs/1", "https://h/#/runs/1"),
            ("https://h:8443/a/b/deploy_solution", "/p", "https://h:8443/a/b/p"),
            ("http://10.1.2.3:80/deploy_solution", "/p", "http://10.1.2.3/p"),
            ("https://[fd00::1]/deploy_solution", "/p@evil.example", "https://[fd00::1]/p@evil.example"),
            ("https://h/deploy_solution", " \r\n/p/x\n", "https://h/p/x"),
            ("https://h/deploy_solution", "/deploy_solution", "https://h/deploy_solution"),
        ])
    func resolved(configured: String, path: String, expected: String) throws {
        #expect(try Self.page(path, at: configured) == expected)
    }

    @Test(
        "is refused where it is more or less than one absolute path",
        arguments: [
            "", " ", "\n", "dashboard", "//evil.example", "//evil.example/deploy_solution", "///x", "\\\\evil",
            "/\\evil.example",
            "/p\\x", "/p\r\nSet-Cookie: a=b", "/p\nx", "/p\u{0}", "/p\u{7F}", "/a b", "/p\t", "/ä", "/p\u{2028}x",
            "https://evil.example/p", "http://h/p", "javascript:alert(1)", "\"/p\"", "{\"path\": \"/p\"}", "/<script>",
            "/p%0d%0aX: y", "/p%0A", "/p?x=%00", "/p%5cx", "/%5C%5Cevil", "/../admin", "/p/..", "/p/./x", "/%2e%2E/x",
            "/.%2e/x", "/p%", "/p%4", "/p%zz", "/p%+1", "/" + String(repeating: "x", count: 2_000), "?x=1", "#x",
            "@evil",
        ].filter { $0 != "/p\t" })
    func refused(path: String) {
        #expect(throws: PlaygroundAddress.Problem.self) { try Self.page(path) }
    }

    @Test(
        "is asked for at addresses that say where pages are, and at no others",
        arguments: [
            ("https://h/deploy_solution", true), ("http://10.0.0.1:5000/deploy_solution", true),
            ("https://h/x/deploy_solution", true), ("https://h/", false), ("https://h/deploy", false),
            ("https://h/deploy_solution/", false), ("https://h/deploy_solution?x=1", false),
            ("https://h/deploy_solution#x", false), ("ftp://h/deploy_solution", false), ("h/deploy_solution", false),
            ("https:///deploy_solution", false), ("https://u:p@h/deploy_solution", false), ("", false),
            ("https://h/deploy_solutions", false), ("file:///deploy_solution", false),
        ])
    func settings(url: String, isUsable: Bool) throws {
        let settings = TargetSettings(["deployURL": .string(url)])
        let make = { try PlaygroundTarget(settings: settings, services: TargetServices { _, _ in }) }
        guard !isUsable else {
            _ = try make()
            return
        }
        let error = try #require(throws: TargetError.self) { try make() }
        #expect(error.code == .invalidSettings)
        #expect(error.what.contains("deployURL"))
        #expect(error.remedy.contains("https://playground.example.org/deploy_solution"))
    }

    @Test("is refused together with settings that are not known, and impossible timeouts")
    func otherSettings() {
        let url = "https://h/deploy_solution"
        for settings: [String: String] in [["deployURL": url, "typo": "1"], ["deployURL": url, "timeout": "0"], [:]] {
            var values = TargetSettings().values
            for (key, value) in settings { values[key] = .string(value) }
            #expect(throws: TargetError.self) {
                try PlaygroundTarget(settings: TargetSettings(values), services: TargetServices { _, _ in })
            }
        }
    }
}
