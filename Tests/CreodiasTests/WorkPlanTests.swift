import Documents
import Kubernetes
import TargetContract
import TestSupport
import Testing

@testable import Creodias

struct WorkPlanTests {
    /// What the API server would answer after everything was applied, without what it adds by itself.
    private func live(_ objects: [DesiredObject]) -> [ObjectKind: [Document]] {
        Dictionary(grouping: objects, by: \.kind).mapValues { $0.map(\.document) }
    }

    private func plan(_ desired: [DesiredObject], _ live: [ObjectKind: [Document]]) -> WorkPlan {
        // The solution of the fixture.
        let label = desired.first?.document["metadata"]?["labels"]?["graphene-deployer/solution-id"]?.string ?? ""
        return WorkPlan(desired: desired, live: live, solution: label)
    }

    @Test func `Storage comes before Services, and these before Deployments`() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.node("a", operations: [PipelineFixture.mountVolume()]),
            PipelineFixture.sharedFolder("/data", to: ["a"]),
        ]).planned()
        let work = self.plan(try Cluster.objects(of: plan), [:])
        let kinds = work.works.map(\.object.kind)
        #expect(kinds == [.claim, .service, .service, .deployment, .deployment])
        #expect(work.changes.allSatisfy { $0.action == .created })
    }

    @Test func `What is as it should be is kept`() throws {
        let objects = try Cluster.objects(of: Cluster.pipeline(), exposed: ["a"])
        let work = plan(objects, live(objects))
        #expect(work.isEmpty)
        #expect(work.changes.allSatisfy { $0.action == .unchanged })
    }

    @Test func `A page that is no longer exposed leaves nothing`() throws {
        let before = try Cluster.objects(of: Cluster.pipeline(), exposed: ["a"])
        let after = try Cluster.objects(of: Cluster.pipeline(), ["expose": "none"], exposed: ["a"])
        #expect(plan(after, live(before)).leftovers.map(\.name) == [])
        var uids = live(before)
        uids[.service] = uids[.service]?.map(Self.withUID)
        #expect(plan(after, uids).leftovers.map(\.name) == ["awebui"])
    }

    @Test func `Claims and objects of others are never pruned`() throws {
        let objects = try Cluster.objects(of: Cluster.pipeline())
        var found = live(objects)
        let label = try #require(
            objects.first?.document["metadata"]?["labels"]?["graphene-deployer/solution-id"]?.string)
        found[.claim] = [Cluster.object(.claim, "old-folder", solution: label)]
        found[.deployment]?.append(Cluster.object(.deployment, "theirs", solution: nil))
        found[.deployment]?.append(Cluster.object(.deployment, "old", solution: label))
        #expect(plan(objects, found).leftovers.map(\.name) == ["old"])
    }

    @Test func `Values of variables and Secrets are not in the differences`() throws {
        let login = ["registry": "r.example.org", "registry-user": "u", "registry-password": "old-pA55word"]
        let before = try Cluster.objects(
            of: Cluster.pipeline(), login.merging(["node-settings": "a: {env: {KEY: old-m4rk}}"]) { $1 })
        let changed = ["registry-password": "new-pA55word", "node-settings": "a: {env: {KEY: new-m4rk, MORE: m4rk}}"]
        let after = try Cluster.objects(of: Cluster.pipeline(), login.merging(changed) { $1 })
        let work = plan(after, live(before))
        #expect(work.changes.filter { $0.action == .changed }.map(\.kind).sorted() == ["Deployment", "Secret"])
        var printed = ""
        dump(work.changes, to: &printed)
        dump(work, to: &printed)
        #expect(printed.contains("<redacted>"))
        for mark in ["pA55word", "m4rk"] { #expect(!printed.contains(mark)) }
    }

    private static func withUID(_ document: Document) -> Document {
        guard var object = document.object, var metadata = object["metadata"]?.object else { return document }
        metadata["uid"] = "uid"
        object["metadata"] = .object(metadata)
        return .object(object)
    }
}
