import Documents
import Kubernetes
import TestSupport
import Testing

@testable import Creodias

struct QuotaCheckTests {
    private func check(
        hard: DocumentObject,
        used: DocumentObject = [:],
        options: [String: String] = [:]
    ) throws -> QuotaCheck {
        let quota: Document = [
            "metadata": ["name": "team"], "status": ["hard": .object(hard), "used": .object(used)],
        ]
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data", to: ["a"]),
            PipelineFixture.node("a", operations: [PipelineFixture.mountVolume()]), PipelineFixture.node("b"),
        ]).planned()
        let objects = try Cluster.objects(of: plan, options)
        let new = Dictionary(grouping: objects, by: \.kind).mapValues { $0.map(\.document) }
        return QuotaCheck(quotas: [quota], new: new)
    }

    @Test(
        arguments: [
            ("count/deployments.apps", "3", "2"), ("count/services", "3", "2"), ("services", "3", "2"),
            ("pods", "3", "2"), ("persistentvolumeclaims", "1", "0"), ("requests.storage", "1Gi", "500Mi"),
        ] as [(String, String, String)]
    )
    func `What fits is accepted, and one less is not`(key: String, enough: String, tooLittle: String) throws {
        #expect(try check(hard: [key: .string(enough)]).excesses.isEmpty)
        let excesses = try check(hard: [key: .string(tooLittle)]).excesses
        #expect(excesses.count == 1)
        #expect(excesses.first?.contains("quota team permits \(tooLittle) of \(key)") == true)
    }

    @Test func `What is used already counts`() throws {
        #expect(try check(hard: ["pods": "5"], used: ["pods": "2"]).excesses.isEmpty)
        #expect(
            try check(hard: ["pods": "5"], used: ["pods": "3"]).excesses == [
                "quota team permits 5 of pods, 3 are used and 3 more are needed"
            ])
    }

    @Test(arguments: ["requests.memory", "limits.memory", "memory"])
    func `Amounts of the containers are added up`(key: String) throws {
        let settings = "\"*\": {memory: 1Gi, cpu: 500m}\norchestrator: {memory: 512Mi, cpu: 1}"
        let options = ["node-settings": settings]
        #expect(try check(hard: [key: "2560Mi"], options: options).excesses.isEmpty)
        let excess = try check(hard: [key: "2Gi"], options: options).excesses.first
        #expect(excess == "quota team permits 2Gi of \(key), 0 are used and 2560Mi more are needed")
    }

    @Test func `A quota that demands what no container sets is told`() throws {
        let hard: DocumentObject = ["limits.memory": "8Gi", "requests.cpu": "4"]
        #expect(try check(hard: hard).demands == ["requests.cpu", "limits.memory"])
        let options = ["node-settings": "\"*\": {memory: 1Gi, cpu: 1}\norchestrator: {memory: 1Gi, cpu: 1}"]
        #expect(try check(hard: hard, options: options).demands.isEmpty)
        #expect(try check(hard: ["pods": "9"]).demands.isEmpty)
    }
}
