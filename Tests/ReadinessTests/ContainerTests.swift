import Documents
import Kubernetes
import Testing

/// The reasons that containers give, each judged for its pod.
struct ContainerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let container: String
        let state: Verdict.State
        let reason: String
        var needsLogs = false
        var testDescription: String { reason }
    }

    private static func waiting(_ reason: String, _ message: String = "", more: String = "") -> String {
        #""state":{"waiting":{"reason":"\#(reason)","message":"\#(message)"}}\#(more)"#
    }
    private static func ended(_ field: String, _ code: Int, _ reason: String, restarts: Int) -> String {
        #""\#(field)":{"terminated":{"exitCode":\#(code),"reason":"\#(reason)"}},"restartCount":\#(restarts)"#
    }
    private static let place = "container \"model\" of pod \"gui-1\""
    private static let image = "image \"registry/model:1\""

    private static let crashes: [Row] = [
        Row(
            container: waiting("CrashLoopBackOff", more: "," + ended("lastState", 3, "Error", restarts: 4)),
            state: .failed, reason: "\(place) is crashing repeatedly (exit 3), 4 restarts", needsLogs: true
        ),
        Row(
            container: waiting("CrashLoopBackOff", more: "," + ended("lastState", 137, "OOMKilled", restarts: 1)),
            state: .failed,
            reason: "\(place) was killed repeatedly for want of memory (OOMKilled, exit 137), 1 restart: "
                + "its memory limit is 512Mi",
            needsLogs: true
        ),
        Row(
            container: waiting("CrashLoopBackOff", more: "," + ended("lastState", 128, "StartError", restarts: 1)),
            state: .warning, reason: "\(place) could not be run on node \"node-1\""
        ),
        Row(
            container: ended("state", 137, "OOMKilled", restarts: 0), state: .warning,
            reason: "\(place) was killed once for want of memory (OOMKilled, exit 137), 0 restarts: "
                + "its memory limit is 512Mi",
            needsLogs: true
        ),
        Row(
            container: ended("state", 137, "OOMKilled", restarts: 1), state: .failed,
            reason: "\(place) was killed repeatedly for want of memory (OOMKilled, exit 137), 1 restart: "
                + "its memory limit is 512Mi",
            needsLogs: true
        ),
        Row(
            container: #""state":{"running":{}},"# + ended("lastState", 137, "OOMKilled", restarts: 2), state: .failed,
            reason: "\(place) was killed repeatedly for want of memory (OOMKilled, exit 137), 2 restarts: "
                + "its memory limit is 512Mi",
            needsLogs: true
        ),
        Row(
            container: ended("state", 127, "ContainerCannotRun", restarts: 0), state: .warning,
            reason: "\(place) could not be run on node \"node-1\""
        ),
        Row(
            container: ended("state", 1, "Error", restarts: 0), state: .warning,
            reason: "\(place) has ended (exit 1), 0 restarts", needsLogs: true
        ),
    ]

    private static let images: [Row] = [
        Row(
            container: waiting("ErrImagePull", "manifest for registry/model:1 not found"), state: .failed,
            reason: "\(place): \(image) was not found: manifest for registry/model:1 not found"
        ),
        Row(
            container: waiting("ErrImagePull", "pull access denied"), state: .warning,
            reason: "\(place): \(image) could not be pulled yet: pull access denied"
        ),
        Row(
            container: waiting("ImagePullBackOff", "Back-off pulling image"), state: .warning,
            reason: "\(place): \(image) could not be pulled yet: Back-off pulling image"
        ),
        Row(
            container: waiting("ImagePullBackOff", "Back-off: ErrImagePull: registry/model:1: not found"),
            state: .failed,
            reason: "\(place): \(image) was not found: Back-off: ErrImagePull: registry/model:1: not found"
        ),
        Row(
            container: waiting("InvalidImageName", "couldn't parse image"), state: .failed,
            reason: "\(place) has the invalid image name \"registry/model:1\": couldn't parse image"
        ),
        Row(
            container: waiting("ErrImageNeverPull"), state: .failed,
            reason: "\(place): \"registry/model:1\" is not on node \"node-1\" and must not be pulled"
        ),
    ]

    private static let creation: [Row] = [
        Row(
            container: waiting("CreateContainerConfigError", "secret 'keys' not found"), state: .failed,
            reason: "\(place) lacks its configuration: secret 'keys' not found"
        ),
        Row(
            container: waiting("CreateContainerConfigError", "failed to sync secret cache: timed out"),
            state: .warning,
            reason: "\(place) lacks its configuration: failed to sync secret cache: timed out"
        ),
        Row(
            container: waiting("CreateContainerError", "name in use"), state: .warning,
            reason: "\(place) can't be created on node \"node-1\": name in use"
        ),
        Row(
            container: waiting("RunContainerError", "no such file", more: #","restartCount":1"#), state: .failed,
            reason: "\(place) can't be created on node \"node-1\": no such file"
        ),
        Row(
            container: waiting("ContainerCreating"), state: .progressing,
            reason: "\(place) is waiting (ContainerCreating)"
        ),
    ]

    @Test(arguments: crashes + images + creation)
    func `The reason of a container decides`(row: Row) throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: row.container))
        let verdict = Readiness.pod(named: "gui-1", in: fixture.snapshot, at: start)
        expect(verdict, row.state, row.reason)
        #expect(verdict.needsLogs == row.needsLogs)
        #expect(row.state != .failed || verdict.remedy != nil)
    }

    @Test func `A failed container makes its deployment fail`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: Self.crashes[0].container))
        expect(fixture.deploymentVerdict(), .failed, Self.crashes[0].reason)
        let logs = fixture.deploymentVerdict().logs
        #expect(logs == LogSource(pod: "gui-1", container: "model", isPrevious: true))
    }

    @Test func `Phase Running is nothing: a crashing pod has it too`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: Self.crashes[0].container, status: #""phase":"Running""#))
        #expect(Readiness.pod(named: "gui-1", in: fixture.snapshot, at: start).state == .failed)
    }

    @Test func `Init containers are judged as well`() throws {
        let status = """
            "phase":"Pending","initContainerStatuses":[{"name":"prepare","restartCount":2,
              "state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":2}}}]
            """
        var fixture = try Fixture()
        let container = #""state":{"waiting":{"reason":"PodInitializing"}}"#
        try fixture.add(.pod, Fixture.pod(container: container, status: status))
        expect(
            fixture.deploymentVerdict(), .failed,
            "container \"prepare\" of pod \"gui-1\" is crashing repeatedly (exit 2), 2 restarts"
        )
    }

    @Test func `Old kubelets tell the registry's words in an event only`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: Self.images[2].container))
        let words = "Failed to pull image \"registry/model:1\": rpc error: toomanyrequests"
        try fixture.event("Failed", words, field: "spec.containers{model}")
        expect(fixture.deploymentVerdict(), .warning, "\(Self.place): \(Self.image) could not be pulled yet: \(words)")
        let gone = "Failed to pull image \"registry/model:1\": manifest unknown: not found"
        try fixture.event("Failed", gone, field: "spec.containers{model}", after: 5)
        expect(fixture.deploymentVerdict(), .failed, "\(Self.place): \(Self.image) was not found: \(gone)")
    }

    @Test func `A creation error fails once its event repeats`() throws {
        var fixture = try Fixture()
        try fixture.add(.pod, Fixture.pod(container: Self.creation[2].container))
        try fixture.event("Failed", "Error: name in use", field: "spec.containers{model}", count: 1)
        #expect(fixture.deploymentVerdict().state == .warning)
        try fixture.event("Failed", "Error: name in use!", field: "spec.containers{model}", count: 2)
        #expect(fixture.deploymentVerdict().state == .failed)
    }

    @Test func `The cluster's words stay on one line`() throws {
        var fixture = try Fixture()
        let container = Self.waiting("InvalidImageName", #"a\nb\u001b[31m"#)
        try fixture.add(.pod, Fixture.pod(container: container))
        #expect(fixture.deploymentVerdict().reason.hasSuffix(": a b [31m"))
    }
}
