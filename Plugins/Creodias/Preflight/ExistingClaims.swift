internal import Documents
internal import Passes

/// Claims cannot be changed once they are made: what is there decides for the folder's next revision. Pure.
enum ExistingClaims {
    /// The choice with the class and the mode of a claim of the plan that is there already.
    static func keeping(_ choice: StorageChoice, claims: [Document], plan: SolutionPlan) -> StorageChoice {
        let names = Set(plan.sharedFolders.map(\.claimName))
        guard let claim = claims.first(where: { names.contains($0["metadata"]?["name"]?.string ?? "") }),
            let mode = claim["spec"]?["accessModes"]?.array?.first?.string
        else { return choice }
        var kept = choice
        kept.accessMode = mode
        kept.isColocated = mode == "ReadWriteOnce"
        // A class that the server filled in must not be named: the claim was applied without.
        kept.storageClass = choice.storageClass == nil ? nil : claim["spec"]?["storageClassName"]?.string
        return kept
    }
}
