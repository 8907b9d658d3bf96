import Documents
import TargetContract
import TestSupport
import Testing

@testable import DeployerHost

/// What fits into the platform's columns.
@Suite struct TextTests {
    private static let long = String(repeating: "ä", count: 3_000)

    private static func report(_ change: (inout DeploymentRecord) -> Void) throws -> DeploymentReport {
        var record = try ReportFixture.record(.running)
        change(&record)
        let site = ReportSite(origin: "https://portal.example.org", prefix: "/" + String(repeating: "p", count: 400))
        return try #require(DeploymentReport(.ended, ReportFixture.event(.running), of: record, at: site))
    }

    private static func detail(_ report: DeploymentReport) throws -> Document {
        try Document(json: Array(report.detail.utf8), limits: .request)
    }

    @Test func `Every text is cut to its column`() throws {
        let report = try Self.report { record in
            record.place = DeploymentPlace(
                server: "https://\(String(repeating: "a", count: 200)).example.org/", namespace: Self.long)
            record.solution = SolutionTitle(name: Self.long, version: "1")
            record.failure = DeploymentFailure(code: "x", what: Self.long, why: Self.long, remedy: Self.long)
            record.links = [.init(title: Self.long, url: "https://example.org/")]
        }
        #expect(report.target.utf8.count <= 64 && report.target.hasPrefix("creodias aaa"))
        #expect(report.detail.utf8.count <= 1_024)
        #expect(report.result.utf8.count <= 512 && report.result.hasSuffix("ä…"))
        #expect(report.message.utf8.count <= 2_048 && report.message.hasSuffix("ä…"))
        #expect(try #require(report.page).utf8.count <= 512)
        let calls = [
            PlatformCall.task(report, id: nil), .stepResult(report, task: try #require(PlatformID("1")), began: 0),
        ]
        for call in calls { #expect(call.body?["name"]?.string?.utf8.count ?? 101 <= 100) }
    }

    @Test func `A page whose address is too long is left out`() throws {
        let site = ReportSite(origin: "https://example.org", prefix: "/" + String(repeating: "p", count: 500))
        #expect(site.page(of: ReportFixture.id) == nil)
        #expect(ReportSite().page(of: ReportFixture.id) == nil)
    }

    @Test func `The detail stays JSON and has as many web pages as fit, whole`() throws {
        let urls = (0..<40).map { "http://192.0.2.1:\(30_000 + $0)/\(String(repeating: "a", count: $0 * 5))" }
        let report = try Self.report { record in
            record.links = urls.map { .init(title: "page", url: $0) }
        }
        let kept = try #require(try Self.detail(report)["urls"]?.array?.compactMap(\.string))
        #expect(kept.count > 3 && kept.elementsEqual(urls.prefix(kept.count)))
        #expect(report.detail.utf8.count <= 1_024)
        #expect(try Self.detail(report)["namespace"]?.string == "sudoku")
        #expect(report.message.contains(" page: \(kept[0]) page: \(kept[1])"))
    }

    @Test(arguments: ["\u{0}\u{1F}\"\\", "a</script><b>&", "namespace\nother", ""])
    func `Whatever a namespace holds, the detail is JSON`(namespace: String) throws {
        let report = try Self.report { record in
            record.place = DeploymentPlace(server: "", namespace: String(repeating: namespace, count: 100))
        }
        #expect(try Self.detail(report)["deployment"]?.string == ReportFixture.id)
        #expect(report.detail.utf8.count <= 1_024)
    }

    @Test(arguments: [
        ("https://api.example.org:6443", "creodias api.example.org"), ("https://192.0.2.7/", "creodias 192.0.2.7"),
        ("https://[2001:db8::1]:6443", "creodias 2001:db8::1"), ("playground", "creodias"), ("", "creodias"),
        ("https://user:word@api.example.org/", "creodias"),
    ])
    func `The target is told with its host`(server: String, target: String) throws {
        let report = try Self.report { $0.place = DeploymentPlace(server: server, namespace: "") }
        #expect(report.target == target)
    }

    @Test func `Names and reasons are one line without markup`() throws {
        let report = try Self.report { record in
            record.solution = SolutionTitle(name: "<img src=x>\n\tname", version: "1")
            record.links = [.init(title: "<b>page</b>", url: "http://192.0.2.1/")]
        }
        let message = "‹img src=x› name 1 on creodias api.example.org: It is running. ‹b›page‹/b›: http://192.0.2.1/"
        #expect(report.message == message)
    }

    @Test(arguments: ["javascript:alert(1)", "http://user:word@192.0.2.1/", "//example.org", "http://a b/"])
    func `What is no plain web page is no link`(url: String) throws {
        let report = try Self.report { $0.links = [.init(title: "page", url: url)] }
        #expect(!report.message.contains("page") && !report.detail.contains("urls"))
    }
}
