internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// The pages the portal opens: `/deploy/{solutionId}/{revisionId}` for the default target and
/// `/{target}/deploy/{solutionId}/{revisionId}` for each. They show what would be deployed and change nothing.
struct DeployRoutes {
    let deployer: Deployer
    let pages: Pages

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("deploy/:solutionId/:revisionId") { request, context in
            try await page(targetID: deployer.targets.defaultID, root: "../../", request, context)
        }
        router.get(":target/deploy/:solutionId/:revisionId") { request, context in
            try await page(targetID: context.parameters.get("target") ?? "", root: "../../../", request, context)
        }
    }

    /// - Parameter root: the way from the page to the root of this host.
    private func page(
        targetID: String,
        root: String,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        let reference = try context.reference()
        guard let target = deployer.targets[targetID] else { throw Problem.unknownTarget(targetID) }
        let plan = try await deployer.planner.plan(reference, for: target.target, user: context.catalogueUser)
        // Browsers take a path with a slash at its end for one level more.
        let root = request.uri.path.hasSuffix("/") ? "../\(root)" : root
        let download = target.makesSolutionZip ? "\(root)getSolutionZip/\(reference)" : nil
        return try pages.deploy(DeployPage(plan: plan, manifest: target.manifest, download: download))
    }
}

extension Problem {
    static func unknownTarget(_ id: String) -> Problem {
        Problem(
            .notFound,
            "There is no such target",
            detail: "No target called \"\(id.prefix(63))\" is enabled on this host.",
            remedy: "GET api/v1/targets lists the targets."
        )
    }
}
