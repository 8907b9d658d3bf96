public import Documents

/// What a user may do in a namespace, as a `SelfSubjectRulesReview` tells (`authorization.k8s.io/v1`).
public struct AccessRules: Sendable, Hashable {
    /// Whether an authorizer could not list its rules; then only what is permitted is certain.
    public let isIncomplete: Bool
    private let rules: [Rule]

    private struct Rule: Hashable {
        var verbs: [String]
        var groups: [String]
        var resources: [String]
        var names: [String]
    }

    /// Reads the review as the server answered it.
    public init(review: Document) {
        let status = review["status"]
        isIncomplete = status?["incomplete"]?.bool ?? true
        rules = (status?["resourceRules"]?.array ?? []).map { rule in
            Rule(
                verbs: Self.texts(rule["verbs"]),
                groups: Self.texts(rule["apiGroups"]),
                resources: Self.texts(rule["resources"]),
                names: Self.texts(rule["resourceNames"])
            )
        }
    }

    /// Whether a rule permits the verb for every object of the resource.
    /// - Parameter subresource: for instance `portforward` of `pods`.
    public func permits(_ verb: String, _ kind: ObjectKind, subresource: String? = nil) -> Bool {
        let resource = subresource.map { "\(kind.resource)/\($0)" } ?? kind.resource
        return rules.contains { rule in
            rule.names.isEmpty && Self.matches(rule.verbs, verb) && Self.matches(rule.groups, kind.group)
                && (Self.matches(rule.resources, resource)
                    || subresource.map { rule.resources.contains("*/\($0)") } ?? false)
        }
    }

    private static func matches(_ patterns: [String], _ value: String) -> Bool {
        patterns.contains("*") || patterns.contains(value)
    }

    private static func texts(_ list: Document?) -> [String] { (list?.array ?? []).compactMap(\.string) }
}
