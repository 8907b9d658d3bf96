internal import Blueprints
internal import Hummingbird

/// The body `{solutionId, revisionId, target?, options?}` of requests about a solution and a target.
struct SolutionRequest {
    let reference: SolutionReference
    /// The target's id; nil for the default one.
    let target: String?
    let options: [String: String]

    /// Reads the body.
    /// - Throws: `Problem`, as `RequestObject` does.
    init(_ request: Request, context: DeployerRequestContext) async throws {
        let body = try await RequestObject(
            request,
            context: context,
            known: ["solutionId", "revisionId", "target", "options"]
        )
        let solution = try body.text("solutionId") ?? ""
        let revision = try body.text("revisionId") ?? ""
        guard let reference = SolutionReference(solutionID: solution, revisionID: revision) else {
            let field = SolutionReference(solutionID: solution, revisionID: "x") == nil ? "solutionId" : "revisionId"
            throw RequestObject.malformed(field, "must have 1 to 36 letters, digits, dashes, underscores or dots")
        }
        self.reference = reference
        target = try body.text("target")
        options = try body.options()
    }
}
