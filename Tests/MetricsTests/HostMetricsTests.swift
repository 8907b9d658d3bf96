import Foundation
import Testing

@testable import DeployerHost

@Suite("The host's metrics")
struct HostMetricsTests {
    private static func lines(_ metrics: HostMetrics) -> [String] {
        String(decoding: metrics.text(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("are all told from the start, with zeros where nothing has happened")
    func start() {
        let lines = Self.lines(HostMetrics(version: "1.2.3"))
        let types = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.dropFirst("# TYPE ".count) }
        #expect(
            types == [
                "graphene_deployer_active_deployments gauge",
                "graphene_deployer_configuration_reloads_total counter", "graphene_deployer_configuration_valid gauge",
                "graphene_deployer_deployments_total counter",
                "graphene_deployer_event_streams gauge", "graphene_deployer_http_request_seconds histogram",
                "graphene_deployer_http_requests_total counter", "graphene_deployer_info gauge",
                "graphene_deployer_module_load_failures_total counter", "graphene_deployer_phase_seconds histogram",
                "graphene_deployer_queue_length gauge", "graphene_deployer_restart_needed gauge",
                "process_cpu_seconds_total counter", "process_open_fds gauge",
                "process_resident_memory_bytes gauge", "process_start_time_seconds gauge",
                "graphene_deployer_dropped_updates_total counter",
            ])
        #expect(lines.contains(#"graphene_deployer_info{version="1.2.3"} 1"#))
        #expect(lines.contains(#"graphene_deployer_active_deployments{state="queued"} 0"#))
        #expect(lines.contains("graphene_deployer_queue_length 0"))
        #expect(lines.contains("graphene_deployer_event_streams 0"))
    }

    @Test("follow deployments")
    func deployments() {
        let metrics = HostMetrics(version: "")
        metrics.deploymentEnded(target: "creodias", state: .failed)
        metrics.deploymentEnded(target: "creodias", state: .failed)
        metrics.phaseEnded(target: "creodias", phase: .applying, seconds: 45)
        metrics.setActiveDeployments([.applying: 2, .queued: 3])
        metrics.setActiveDeployments([.applying: 1, .failed: 7])
        metrics.setQueueLength(4)
        for _ in 0..<3 { metrics.eventStreamOpened() }
        metrics.eventStreamClosed()
        metrics.moduleRejected(module: "Creodias", stage: .note)
        let lines = Self.lines(metrics)
        for line in [
            #"graphene_deployer_deployments_total{target="creodias",state="failed"} 2"#,
            #"graphene_deployer_phase_seconds_bucket{target="creodias",phase="applying",le="30"} 0"#,
            #"graphene_deployer_phase_seconds_bucket{target="creodias",phase="applying",le="60"} 1"#,
            #"graphene_deployer_phase_seconds_sum{target="creodias",phase="applying"} 45"#,
            #"graphene_deployer_active_deployments{state="applying"} 1"#,
            #"graphene_deployer_active_deployments{state="queued"} 0"#, "graphene_deployer_queue_length 4",
            "graphene_deployer_event_streams 2",
            #"graphene_deployer_module_load_failures_total{module="Creodias",stage="note"} 1"#,
        ] { #expect(lines.contains(line)) }
        #expect(!lines.contains { $0.hasPrefix(#"graphene_deployer_active_deployments{state="failed"}"#) })
    }

    @Test("follow requests by route, whatever methods clients make up")
    func requests() {
        let metrics = HostMetrics(version: "")
        metrics.requestAnswered(method: "GET", route: "/api/v1/deployments/{id}", status: 200, seconds: 0.03)
        metrics.requestAnswered(method: "POST", route: nil, status: 404, seconds: 0.001)
        for number in 0..<2_000 {
            metrics.requestAnswered(method: "X\(number)", route: nil, status: 405, seconds: 0.001)
        }
        let lines = Self.lines(metrics)
        for line in [
            #"graphene_deployer_http_requests_total{method="GET",route="/api/v1/deployments/{id}",status="200"} 1"#,
            #"graphene_deployer_http_requests_total{method="POST",route="unmatched",status="404"} 1"#,
            #"graphene_deployer_http_requests_total{method="other",route="unmatched",status="405"} 2000"#,
            #"graphene_deployer_http_request_seconds_bucket{route="/api/v1/deployments/{id}",le="0.025"} 0"#,
            #"graphene_deployer_http_request_seconds_bucket{route="/api/v1/deployments/{id}",le="0.05"} 1"#,
            #"graphene_deployer_http_request_seconds_count{route="unmatched"} 2001"#,
        ] { #expect(lines.contains(line)) }
    }

    @Test("tell of this process what it is")
    func process() throws {
        let lines = Self.lines(HostMetrics(version: ""))
        let value = { (name: String) in
            lines.first { $0.hasPrefix("\(name) ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
        }
        let start = try #require(value("process_start_time_seconds"))
        #expect(start > 1_500_000_000 && start < Date().timeIntervalSince1970 + 1)
        #expect(try #require(value("process_resident_memory_bytes")) > 1_048_576)
        #expect(try #require(value("process_open_fds")) >= 3)
        #expect(try #require(value("process_cpu_seconds_total")) >= 0)
    }

    @Test("count each file that is opened")
    func files() throws {
        let before = try #require(ProcessStatistics.openFiles())
        let files = (0..<200).map { _ in FileHandle(forReadingAtPath: "/dev/null") }
        // Other tests open and close some meanwhile.
        #expect(try #require(ProcessStatistics.openFiles()) > before + 100)
        #expect(files.allSatisfy { $0 != nil })
    }

    @Test("read the kernel's line whatever the program is called")
    func stat() throws {
        let line =
            "4242 (a) b (c)) S 1 2 3 0 -1 4194560 100 0 0 0 250 50 7 8 20 0 9 0 12345 1000000 300 18446744073709551615\n"
        let process = try #require(ProcessStatistics(stat: line, ticks: 100, pageSize: 4_096))
        #expect(process.cpuSeconds == 3)
        #expect(process.startAfterBoot == 123.45)
        #expect(process.residentBytes == 1_228_800)
    }

    @Test(
        "do without a line that the kernel would not write",
        arguments: ["", "1 (a", "1 (a) S 1 2 3", ")", "x) " + String(repeating: "y ", count: 30)])
    func badStat(line: String) {
        #expect(ProcessStatistics(stat: line, ticks: 100, pageSize: 4_096) == nil)
    }
}
