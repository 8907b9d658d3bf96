public import Passes

/// A target that can say beforehand what a deployment would do, without writing anything.
public protocol Planning: DeploymentTarget {
    /// Looks at the environment and compares it with the plan.
    /// - Throws: `TargetError` where the environment cannot be asked at all. What would stop a deployment is no error
    ///   here but an obstacle of the preview.
    func preview(_ plan: SolutionPlan, options: OptionValues) async throws -> DeploymentPreview
}

/// What a deployment would do, and what stands in its way.
public struct DeploymentPreview: Sendable, Hashable, Codable {
    /// What the environment is, for people: `cluster`, `user`, `certificate expires`; never a credential.
    public var environment: [Fact]
    /// One entry for every object, in the order of work.
    public var changes: [ObjectChange]
    /// What the user should know; the deployment can be made all the same.
    public var warnings: [Finding]
    /// What a deployment would be refused for; empty if it can be made.
    public var obstacles: [Finding]

    /// Takes over the parts as they are.
    public init(
        environment: [Fact] = [],
        changes: [ObjectChange] = [],
        warnings: [Finding] = [],
        obstacles: [Finding] = []
    ) {
        self.environment = environment
        self.changes = changes
        self.warnings = warnings
        self.obstacles = obstacles
    }

    /// A named value.
    public struct Fact: Sendable, Hashable, Codable {
        /// What is told.
        public var name: String
        /// What it is.
        public var value: String

        /// Takes over the parts as they are.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Something that is not as it should be, why, and what to do about it.
    public struct Finding: Sendable, Hashable, Codable {
        /// What is not as it should be, as a sentence without a full stop.
        public var what: String
        /// Why, in the environment's own words where it has any.
        public var why: String
        /// What to do, as a sentence without a full stop.
        public var remedy: String

        /// Takes over the parts as they are.
        public init(what: String, why: String, remedy: String) {
            self.what = what
            self.why = why
            self.remedy = remedy
        }
    }

    /// What would happen to one object.
    public struct ObjectChange: Sendable, Hashable, Codable {
        /// What becomes of an object; `pruned` is removed because the plan no longer has it.
        @frozen
        public enum Action: String, Sendable, Codable {
            case created, changed, unchanged, pruned
        }

        /// What would become of it.
        public var action: Action
        /// For instance `Deployment`.
        public var kind: String
        /// The object's name.
        public var name: String
        /// For `changed`: the fields, in the order of their paths.
        public var fields: [FieldChange]

        /// Takes over the parts as they are.
        public init(action: Action, kind: String, name: String, fields: [FieldChange] = []) {
            self.action = action
            self.kind = kind
            self.name = name
            self.fields = fields
        }
    }

    /// One field before and after, as compact JSON; nil where it is absent. Values of secrets read `<redacted>`.
    public struct FieldChange: Sendable, Hashable, Codable {
        /// For instance `spec.template.spec.containers[0].image`.
        public var path: String
        /// The value that is there.
        public var before: String?
        /// The value that would be there.
        public var after: String?

        /// Takes over the parts as they are.
        public init(path: String, before: String?, after: String?) {
            self.path = path
            self.before = before
            self.after = after
        }
    }
}
