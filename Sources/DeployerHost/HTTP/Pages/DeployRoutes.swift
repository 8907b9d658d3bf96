internal import Blueprints
internal import HTTPTypes
internal import Hummingbird
internal import Passes
internal import TargetContract

/// The pages the portal opens: `/deploy/{solutionId}/{revisionId}` for the default target and
/// `/{target}/deploy/{solutionId}/{revisionId}` for each. GET changes nothing, unless the
/// administrator made it deploy (`ImmediateEntry`); their form previews and deploys.
struct DeployRoutes {
    let site: PageSite

    func add(to router: some RouterMethods<DeployerRequestContext>) {
        router.get("deploy/:solutionId/:revisionId") { request, context in try await show(request, context) }
        router.post("deploy/:solutionId/:revisionId") { request, context in try await take(request, context) }
        router.get(":target/deploy/:solutionId/:revisionId") { request, context in try await show(request, context) }
        router.post(":target/deploy/:solutionId/:revisionId") { request, context in try await take(request, context) }
    }

    /// The solution and target of a request, and the plan.
    private struct Subject {
        let deployer: Deployer
        let reference: SolutionReference
        let target: LoadedTarget
        let plan: SolutionPlan
    }

    private func subject(_ context: DeployerRequestContext) async throws -> Subject {
        let reference = try context.reference()
        let deployer = site.live.current
        let target = try deployer.target(context.parameters.get("target"), for: context.session?.user)
        let plan = try await deployer.planner.plan(reference, for: target, user: context.catalogueUser)
        return Subject(deployer: deployer, reference: reference, target: target, plan: plan)
    }

    private func show(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let subject = try await subject(context)
        if context.entersImmediately {
            try subject.target.checkLimits(of: subject.plan)
            let submission = try submission(subject, options: [:], key: nil, context)
            return try await ImmediateEntry(site: site).answer(submission, request, context)
        }
        let suggestions =
            subject.target.can(.suggesting) ? try await subject.target.hosted.suggestions(for: subject.plan) : [:]
        let form = OptionForm(subject.target.askedOptions, values: suggestions)
        var page = try page(subject, form, request, context)
        do {
            try subject.target.checkLimits(of: subject.plan)
        } catch {
            page.problemSummary = ProblemSummary(Problem(error))
        }
        return try site.render(page, request, context)
    }

    private func page(
        _ subject: Subject,
        _ form: OptionForm,
        _ request: Request,
        _ context: DeployerRequestContext
    ) throws -> DeployPage {
        try DeployPage(
            subject.plan,
            target: subject.target,
            among: subject.deployer.targets.usable(by: context.session?.user),
            form: form,
            setting: site.setting(request, context)
        )
    }

    private func take(_ request: Request, _ context: DeployerRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let form = try await PageForm(request, context: context, tokens: site.tokens)
        let subject = try await subject(context)
        let options = subject.target.askedOptions
        var filled = FilledOptions()
        do {
            filled = try await FilledOptions(form, options: options, drafts: site.drafts, session: session)
            if let option = form.wantedChoices {
                let choices = try await subject.deployer.operations.choices(
                    for: option,
                    targetID: subject.target.manifest.id,
                    options: subject.target.completed(filled.values, for: session.user)
                )
                filled.list(choices, of: option)
                return try answer(subject, filled, nil, preview: nil, .ok, request, context)
            }
            guard form.action == "deploy" else {
                let preview = try await preview(subject, filled.values, session)
                return try answer(subject, filled, nil, preview: preview, .ok, request, context)
            }
            let submission = try submission(subject, options: filled.values, key: form.idempotencyKey, context)
            let record = try await site.engine.submit(submission).record
            await site.drafts.forget(filled.draft, for: session)
            return .seeOther("\(context.root(of: request))deployments/\(record.id)")
        } catch let error as OptionProblems {
            return try answer(subject, filled, error, request, context)
        } catch {
            let problem = Problem(error)
            guard problem.status.kind == .clientError || error is TargetError || error is EngineError else {
                throw error
            }
            if let option = form.wantedChoices { filled.take(problem, listing: option) }
            return try answer(subject, filled, ProblemSummary(problem), preview: nil, problem.status, request, context)
        }
    }

    private func submission(
        _ subject: Subject,
        options: [String: String],
        key: String?,
        _ context: DeployerRequestContext
    ) throws -> DeploymentSubmission {
        try subject.target.checkLimits(of: subject.plan)
        return DeploymentSubmission(
            deployer: subject.deployer,
            session: try context.signedIn(),
            reference: subject.reference,
            target: subject.target.manifest.id,
            options: options,
            key: key,
            title: SolutionTitle(name: subject.plan.name, version: subject.plan.version)
        )
    }

    private func preview(
        _ subject: Subject,
        _ values: [String: String],
        _ session: Session
    ) async throws -> PreviewPanel {
        try subject.target.require(.planning)
        let given = try subject.target.completed(values, for: session.user)
        let options = try OptionValues(given, for: subject.target.manifest.options)
        return PreviewPanel(try await subject.target.preview(subject.plan, options: options))
    }

    private func answer(
        _ subject: Subject,
        _ filled: FilledOptions,
        _ error: OptionProblems,
        _ request: Request,
        _ context: DeployerRequestContext
    ) throws -> Response {
        var filled = filled
        filled.take(error)
        let summary = ProblemSummary(error, options: subject.target.askedOptions)
        return try answer(subject, filled, summary, preview: nil, .unprocessableContent, request, context)
    }

    private func answer(
        _ subject: Subject,
        _ filled: FilledOptions,
        _ summary: ProblemSummary?,
        preview: PreviewPanel?,
        _ status: HTTPResponse.Status,
        _ request: Request,
        _ context: DeployerRequestContext
    ) throws -> Response {
        var page = try page(subject, filled.form(subject.target.askedOptions), request, context)
        page.problemSummary = summary
        page.preview = preview
        page.draft = filled.draft
        return try site.render(page, request, context, status: status)
    }
}

extension Problem {
    static func unknownTarget(_ id: String) -> Problem {
        Problem(
            .notFound,
            "There is no such target",
            detail: "No target called \"\(id.prefix(63))\" is enabled on this host.",
            remedy: "Choose another target, or ask the administrator to enable this one."
        )
    }
}
