internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// `/deployments` and `/deployments/{id}`: the list, one deployment, and what can be done with it.
struct DeploymentPageRoutes {
    let site: PageSite

    private var engine: DeploymentEngine { site.engine }
    private var targets: TargetRegistry { site.live.current.targets }

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("/") { request, context in Response.seeOther("\(context.root(of: request))deployments") }
        router.get("deployments") { request, context in try await list(request, context) }
        router.get("deployments/:id") { request, context in try await show(request, context) }
        router.post("deployments/:id/cancel") { request, context in
            _ = try await PageForm(request, context: context, tokens: site.tokens)
            let record = try await engine.cancel(context.deploymentID(), by: context.signedIn())
            return Response.seeOther("\(context.root(of: request))deployments/\(record.id)")
        }
        for action in [DeploymentAction.rerun, .undeploy] {
            router.get("deployments/:id/\(action.rawValue)") { request, context in
                try await ask(action, request, context)
            }
            router.post("deployments/:id/\(action.rawValue)") { request, context in
                try await carryOut(action, request, context)
            }
        }
    }

    private func list(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let query = try DeploymentQuery(request, for: try context.signedIn())
        let (records, next) = try await engine.page(query)
        let page = DeploymentListPage(
            records,
            next: next,
            query: query,
            targets: targets.known,
            setting: site.setting(request, context)
        )
        return try site.render(page, request, context)
    }

    private func show(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let view = try await engine.view(context.deploymentID(), for: session)
        let targets = targets
        let page = try DeploymentPage(
            view,
            target: targets[view.record.target],
            packages: targets.packages(for: session.user) != nil,
            user: session.user,
            setting: site.setting(request, context)
        )
        return try site.render(page, request, context)
    }

    private func ask(
        _ action: DeploymentAction,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        let session = try context.signedIn()
        let record = try await engine.record(context.deploymentID(), for: session)
        let target = try targets.required(record.target)
        if action == .rerun { try target.admit(session.user) }
        let form = OptionForm(action.options(of: target, for: record), values: record.options)
        let page = AgainPage(action, of: record, form: form, setting: site.setting(request, context))
        return try site.render(page, request, context)
    }

    private func carryOut(
        _ action: DeploymentAction,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        let session = try context.signedIn()
        let form = try await PageForm(request, context: context, tokens: site.tokens)
        let record = try await engine.record(context.deploymentID(), for: session)
        let deployer = site.live.current
        let target = try deployer.targets.required(record.target)
        let options = action.options(of: target, for: record)
        var filled = FilledOptions()
        do {
            filled = try await FilledOptions(form, options: options, drafts: site.drafts, session: session)
            let operation: DeploymentOperation? = action == .undeploy ? .undeploy : nil
            // What was emptied is not to come back from the last time.
            let emptied = Dictionary(uniqueKeysWithValues: form.emptied(options).map { ($0, "") })
            let given = filled.values.merging(emptied) { value, _ in value }
            _ = try await engine.request(operation, of: record.id, options: given, by: session, in: deployer)
            await site.drafts.forget(filled.draft, for: session)
            return .seeOther("\(context.root(of: request))deployments/\(record.id)")
        } catch let error as OptionProblems {
            filled.take(error)
            let summary = ProblemSummary(error, options: options)
            return try again(action, record, filled, options, summary, .unprocessableContent, request, context)
        } catch {
            let problem = Problem(error)
            guard error is TargetError || error is EngineError || error is LimitRefusal else { throw error }
            return try again(action, record, filled, options, .init(problem), problem.status, request, context)
        }
    }

    private func again(
        _ action: DeploymentAction,
        _ record: DeploymentRecord,
        _ filled: FilledOptions,
        _ options: [TargetOption],
        _ summary: ProblemSummary,
        _ status: HTTPResponse.Status,
        _ request: Request,
        _ context: DeployerRequestContext
    ) throws -> Response {
        let setting = site.setting(request, context)
        var page = AgainPage(action, of: record, form: filled.form(options), setting: setting)
        page.problemSummary = summary
        page.draft = filled.draft
        return try site.render(page, request, context, status: status)
    }
}
