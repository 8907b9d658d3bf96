import Documents
import Secrets
import TargetContract
import Testing

@testable import Creodias

struct OptionTests {
    /// The error of options that are refused.
    private func refusal(_ options: [String: String]) throws -> TargetError {
        try #require(throws: TargetError.self) { _ = try Cluster.request(options) }
    }

    @Test(arguments: ["ingress-class", "ingress-host"])
    func `Options of an Ingress are refused where none is asked for`(option: String) throws {
        let error = try refusal([option: "apps.example.org"])
        #expect(error.what.contains(option) && error.remedy.contains("expose=ingress"))
    }

    @Test(arguments: ["Apps.example.org", "apps..org", "-apps.org", "apps.org/path", "*.apps.org", "http://apps.org"])
    func `A host that is none is refused`(host: String) throws {
        #expect(try refusal(["expose": "ingress", "ingress-host": host]).what.contains("ingress-host"))
    }

    @Test func `An Ingress may have a class and a host`() throws {
        let options = ["expose": "ingress", "ingress-class": "nginx", "ingress-host": "apps.example.org"]
        let exposure = try Cluster.request(options).exposure
        #expect(exposure.way == .ingress && exposure.serviceType == .clusterIP)
        #expect(exposure.ingressClass == "nginx" && exposure.ingressHost == "apps.example.org")
    }

    @Test(arguments: [
        ["registry": "r.example.org"], ["registry-user": "u"], ["registry": "r.example.org", "registry-user": "u"],
    ])
    func `Half a login is refused`(options: [String: String]) throws {
        #expect(try refusal(options).what.contains("login"))
    }

    @Test(arguments: [
        "[]", "a: 1", "a: {gpu: 0}", "a: {cpu: fast}", "a: {memory: -1}", "a: {pullPolicy: Sometimes}",
        "a: {env: {1X: y}}", "a: {env: {X: [1]}}", "a: {colour: red}", "a: *b",
    ])
    func `Settings per node are checked, and never quoted`(text: String) throws {
        let error = try refusal(["node-settings": text])
        #expect(error.what.contains("node-settings"))
    }

    @Test func `Settings for a node that is not there are refused by its name`() throws {
        let request = try Cluster.request(["node-settings": "c: {cpu: 1}"])
        let plan = try Cluster.pipeline()
        let error = try #require(throws: TargetError.self) { try request.check(against: plan) }
        #expect(error.why.contains("\"c\"") && error.why.contains("a, b, orchestrator"))
    }

    @Test(arguments: ["default", "kube-system", "Upper", "-a", "a.b", String(repeating: "a", count: 64)])
    func `Namespaces that cannot be used are refused`(name: String) throws {
        #expect(try refusal(["namespace": name]).what.contains("namespace"))
    }
}
