import TargetContract

extension ModuleProblem {
    static func manifest(_ file: String, _ finding: String, remedy: String) -> ModuleProblem {
        ModuleProblem(.manifest, "the manifest of \(file) \(finding): \(remedy)")
    }

    static func duplicate(_ file: String, id: String, of other: String) -> ModuleProblem {
        ModuleProblem(
            .manifest,
            "\(file) has the id \(id), which \(other) already has: remove one of them from the configuration"
        )
    }

    static func noPlaces(_ file: String) -> ModuleProblem {
        ModuleProblem(
            .limits,
            "\(file) makes a target without places, so that limits.namespaces has no meaning: remove that limit"
        )
    }

    static func start(_ file: String, _ error: any Error) -> ModuleProblem {
        guard let error = error as? TargetError else {
            return ModuleProblem(
                .start, "\(file) could not start (\(error)): look into the documentation of the target")
        }
        return ModuleProblem(.start, "\(file) could not start (\(error.what): \(error.why)): \(error.remedy)")
    }
}
