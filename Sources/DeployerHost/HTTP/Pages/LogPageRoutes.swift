internal import Passes
internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// `/deployments/{id}/logs`: what the containers have printed, as a page. Where that needs secrets, a form asks for them.
struct LogPageRoutes {
    let site: PageSite

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("deployments/:id/logs") { request, context in try await show(request, context) }
        router.post("deployments/:id/logs") { request, context in try await take(request, context) }
    }

    private func show(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let view = try await site.engine.view(context.deploymentID(), for: context.signedIn())
        let deployer = site.live.current
        let target = try deployer.targets.required(view.record.target)
        let options = DeploymentAction.logs.options(of: target, for: view.record)
        guard options.isEmpty || view.record.state.isActive else {
            let form = OptionForm(options, values: [:])
            let setting = site.setting(request, context)
            let page = AgainPage(.logs, of: view.record, form: form, nodes: view.containers, setting: setting)
            return try site.render(page, request, context)
        }
        let node = request.uri.queryParameters["node"].flatMap { $0.isEmpty ? nil : String($0) }
        return try await page(view, in: deployer, node: node, values: [:], draft: nil, request, context)
    }

    private func take(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let form = try await PageForm(request, context: context, tokens: site.tokens)
        let view = try await site.engine.view(context.deploymentID(), for: session)
        let deployer = site.live.current
        let target = try deployer.targets.required(view.record.target)
        let options = DeploymentAction.logs.options(of: target, for: view.record)
        let node = try form.text("node").flatMap { $0.isEmpty ? nil : $0 }
        var filled = FilledOptions()
        do {
            filled = try await FilledOptions(form, options: options, drafts: site.drafts, session: session)
            return try await page(
                view, in: deployer, node: node, values: filled.values, draft: filled.draft, request, context)
        } catch let error as OptionProblems {
            filled.take(error)
            let summary = ProblemSummary(error, options: options)
            return try again(view, filled, options, summary, .unprocessableContent, request, context)
        } catch {
            let problem = Problem(error)
            guard error is TargetError || error is EngineError else { throw error }
            return try again(view, filled, options, ProblemSummary(problem), problem.status, request, context)
        }
    }

    private func again(
        _ view: DeploymentView,
        _ filled: FilledOptions,
        _ options: [TargetOption],
        _ summary: ProblemSummary,
        _ status: HTTPResponse.Status,
        _ request: Request,
        _ context: DeployerRequestContext
    ) throws -> Response {
        let setting = site.setting(request, context)
        let form = filled.form(options)
        var page = AgainPage(.logs, of: view.record, form: form, nodes: view.containers, setting: setting)
        page.problemSummary = summary
        page.draft = filled.draft
        return try site.render(page, request, context, status: status)
    }

    private func page(
        _ view: DeploymentView,
        in deployer: Deployer,
        node: String?,
        values: [String: String],
        draft: String?,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        let reading = try await site.engine.readLogs(
            of: view.record.id,
            for: context.signedIn(),
            node: node,
            follow: false,
            options: values,
            in: deployer
        )
        let deadline = Task {
            try await Task.sleep(for: LogsPage.patience)
            reading.cancel()
        }
        defer {
            deadline.cancel()
            reading.cancel()
        }
        var lines: [LogLine] = []
        var isCut = false
        var isLate = false
        do {
            while let more = try await reading.lines.next() {
                lines += more
                let kept = LogsPage.last(of: lines)
                isCut = isCut || kept.count < lines.count
                lines = kept
            }
        } catch is CancellationError {
            isLate = true
        }
        let page = LogsPage(
            lines,
            isCut: isCut,
            isLate: isLate,
            of: view.record,
            nodes: view.containers,
            node: node,
            draft: draft,
            setting: site.setting(request, context)
        )
        return try site.render(page, request, context)
    }
}

extension DeploymentView {
    /// The names of what has logs.
    fileprivate var containers: [String] {
        (plan?.nodes.map(\.name) ?? []) + (plan?.orchestrator.map { [$0.name] } ?? [])
    }
}
