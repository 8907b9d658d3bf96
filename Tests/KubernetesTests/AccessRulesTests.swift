import Documents
import Kubernetes
import Testing

struct AccessRulesTests {
    private func rules(_ rules: [Document], incomplete: Bool = false) -> AccessRules {
        AccessRules(review: ["status": ["resourceRules": .array(rules), "incomplete": .bool(incomplete)]])
    }

    private static func rule(_ verbs: Document, _ groups: Document, _ resources: Document) -> Document {
        ["verbs": verbs, "apiGroups": groups, "resources": resources]
    }

    @Test func `A rule permits its verbs on its resources in its groups`() {
        let rules = rules([Self.rule(["list", "patch"], ["apps"], ["deployments"])])
        #expect(rules.permits("list", .deployment) && rules.permits("patch", .deployment))
        #expect(!rules.permits("delete", .deployment))
        #expect(!rules.permits("list", .replicaSet) && !rules.permits("list", .service))
    }

    @Test func `A star permits everything, and subresources are resources of their own`() {
        #expect(rules([Self.rule(["*"], ["*"], ["*"])]).permits("get", .pod, subresource: "portforward"))
        let pods = rules([Self.rule(["get"], [""], ["pods"])])
        #expect(!pods.permits("get", .pod, subresource: "portforward"))
        #expect(rules([Self.rule(["get"], [""], ["*/portforward"])]).permits("get", .pod, subresource: "portforward"))
    }

    @Test func `A rule for objects of certain names permits nothing in general`() {
        let named: Document = [
            "verbs": ["get"], "apiGroups": [""], "resources": ["secrets"], "resourceNames": ["one"],
        ]
        #expect(!rules([named]).permits("get", .secret))
    }

    @Test func `A review without a status is incomplete`() {
        #expect(AccessRules(review: [:]).isIncomplete)
        #expect(rules([], incomplete: true).isIncomplete && !rules([]).isIncomplete)
    }
}
