import Documents
import Kubernetes
import Testing
import TestSupport

@testable import Creodias

struct StorageChoiceTests {
    private static func storageClass(_ name: String, _ provisioner: String, isDefault: Bool = false) -> Document {
        let annotations: Document = [
            "storageclass.kubernetes.io/is-default-class": .string(isDefault ? "true" : "false")
        ]
        return [
            "metadata": ["name": .string(name), "annotations": annotations], "provisioner": .string(provisioner),
        ]
    }

    private static let cinder = storageClass("cinder-csi", "cinder.csi.openstack.org", isDefault: true)
    private static let manila = storageClass("manila", "nfs.manila.csi.openstack.org")

    @Test func `Only block storage: one node at a time, and all consumers on one machine`() {
        let choice = StorageChoice(access: "automatic", storageClass: nil, classes: [Self.cinder])
        #expect(choice.accessMode == "ReadWriteOnce" && choice.isColocated)
        #expect(choice.storageClass == nil, "the default class is not named")
        #expect(choice.note?.contains("one machine") == true)
    }

    @Test func `A class for many is taken although it is not the default`() {
        let choice = StorageChoice(access: "automatic", storageClass: nil, classes: [Self.cinder, Self.manila])
        #expect(choice.accessMode == "ReadWriteMany" && !choice.isColocated)
        #expect(choice.storageClass == "manila" && choice.note == nil)
    }

    @Test func `ReadWriteMany on block storage is done as asked for, with a warning`() {
        let choice = StorageChoice(access: "ReadWriteMany", storageClass: nil, classes: [Self.cinder])
        #expect(choice.accessMode == "ReadWriteMany" && !choice.isColocated)
        #expect(choice.note?.contains("cinder-csi") == true)
    }

    @Test func `The only class is used even if none is the default`() {
        let choice = StorageChoice(
            access: "automatic", storageClass: nil, classes: [Self.storageClass("disk", "cinder.csi.openstack.org")])
        #expect(choice.storageClass == "disk" && !choice.isWithoutClass)
    }

    @Test func `A class that is not there, and a cluster without any, are told`() {
        #expect(StorageChoice(access: "automatic", storageClass: "no-such", classes: [Self.cinder]).isWithoutClass)
        #expect(StorageChoice(access: "automatic", storageClass: nil, classes: []).isWithoutClass)
        #expect(
            !StorageChoice(access: "automatic", storageClass: "any", classes: nil).isWithoutClass,
            "who may not read classes is believed"
        )
    }

    @Test func `A claim that is there decides, since it cannot be changed`() throws {
        let plan = try PipelineFixture.pipeline([
            PipelineFixture.sharedFolder("/data", to: ["a"]),
            PipelineFixture.node("a", operations: [PipelineFixture.mountVolume()]),
        ]).planned()
        let name = try #require(plan.sharedFolders.first?.claimName)
        let claim = Cluster.object(.claim, name, spec: ["accessModes": ["ReadWriteOnce"], "storageClassName": "disk"])
        let wanted = StorageChoice(access: "automatic", storageClass: nil, classes: [Self.cinder, Self.manila])
        let kept = ExistingClaims.keeping(wanted, claims: [claim], plan: plan)
        #expect(kept.accessMode == "ReadWriteOnce" && kept.isColocated && kept.storageClass == "disk")
        #expect(ExistingClaims.keeping(wanted, claims: [], plan: plan) == wanted)
    }
}
