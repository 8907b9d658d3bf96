internal import Logging
internal import Blueprints
internal import Documents
internal import Passes
internal import Secrets
internal import TargetContract

extension DeploymentEngine {
    /// How many events a target may report in one go.
    private static let eventLimit = 10_000

    /// Takes up work that other limits permit.
    func limitsChanged() { beginNext() }

    /// Begins with what waits, as far as the limits permit. What waits for a full target is passed over.
    func beginNext() {
        let limit = limits.concurrent
        var position = 0
        while working.count < limit, position < queue.count {
            let id = queue[position]
            guard jobs[id].map({ hasRoom($0.record.target) }) ?? true else {
                position += 1
                continue
            }
            queue.remove(at: position)
            guard jobs[id]?.record.machine.take(.begun) == true else { continue }
            working.insert(id)
            renewTarget(of: id)
            let isRemoval = jobs[id]?.record.operation == .undeploy
            let text = isRemoval ? "Taking the deployment away" : "Reading the solution"
            write(id, [DeploymentEvent(.phase, state: jobs[id]?.record.state.rawValue, text: text)])
            jobs[id]?.lastSign = .now
            if let record = jobs[id]?.record { log("deployment begun", record) }
            lastRun += 1
            jobs[id]?.run = lastRun
            jobs[id]?.task = Task { [lastRun] in
                await DeploymentWork.$isUnderWay.withValue(true) { await self.work(id, run: lastRun) }
            }
        }
    }

    /// Takes what has become of a target whose file was exchanged while work for it was waiting.
    func renewTarget(of id: String) {
        guard let target = jobs[id]?.target, let now = live.current.targets[target.manifest.id],
            now.hasOtherFile(than: target)
        else { return }
        jobs[id]?.target = now
    }

    private func work(_ id: String, run: Int) async {
        let inbox = EventInbox(limit: Self.eventLimit)
        let pump = Task {
            while let events = await inbox.next() { self.take(events, of: id, run: run) }
        }
        let outcome: Result<DeploymentOutcome?, any Error>
        do {
            if jobs[id]?.goesOnByItself == true {
                outcome = .success(
                    try await patiently(id, { inbox.put($0) }) { try await perform(id, run: run) { inbox.put($0) } })
            } else {
                outcome = .success(try await perform(id, run: run) { inbox.put($0) })
            }
        } catch {
            outcome = .failure(error)
        }
        inbox.close()
        await pump.value
        if jobs[id]?.run == run { finish(id, outcome) }
    }

    private func perform(_ id: String, run: Int, report: @escaping EventReporter) async throws -> DeploymentOutcome? {
        guard let job = jobs[id], let options = job.options else { throw CancellationError() }
        guard job.session.expires > now() else { throw TokenError.expired }
        switch job.record.operation {
        case .deploy:
            let user = CatalogueUser.signedIn(userID: job.session.user.userID)
            let planner = live.current.planner
            let planned = try await planner.planned(job.record.reference, for: job.target, user: user)
            try planDone(id, planned, run: run)
            try job.target.checkLimits(of: planned.plan)
            try Task.checkCancellation()
            return try await job.target.hosted.deploy(planned.plan, options: options, report: report)
        case .rerun:
            try job.target.require(.rerunning)
            let plan = try await storedPlan(of: job.record)
            try job.target.checkLimits(of: plan)
            return try await job.target.hosted.rerun(plan, options: options, report: report)
        case .undeploy:
            try job.target.require(.undeploying)
            try await job.target.hosted.undeploy(job.record.reference, options: options, report: report)
            return nil
        }
    }

    /// The plan that a deployment was made with.
    func storedPlan(of record: DeploymentRecord) async throws -> SolutionPlan {
        guard let digest = record.planDigest, let json = try await store.plan(digest) else {
            throw TargetError(
                .conflict,
                what: "The deployment has no plan",
                why: "it ended before one was made",
                remedy: "Deploy the solution again"
            )
        }
        return try Document(json: json).decoded(as: SolutionPlan.self)
    }

    private func planDone(_ id: String, _ planned: PlannedSolution, run: Int) throws {
        guard jobs[id]?.run == run, jobs[id]?.options != nil else { throw CancellationError() }
        guard jobs[id]?.record.machine.take(.reached(.planning)) == true else { return }
        let json = try planned.plan.canonicalJSON()
        let digest = SHA256(hashing: json).hex
        jobs[id]?.record.planDigest = digest
        jobs[id]?.record.blueprintDigest = planned.blueprintDigest
        jobs[id]?.record.solution = SolutionTitle(name: planned.plan.name, version: planned.plan.version)
        let phase = DeploymentEvent(.planning, text: "Preparing \(planned.plan.nodes.count) nodes")
        write(id, [phase] + planned.plan.notes.map(DeploymentEvent.init)) { $0.plan = (digest, json) }
    }

    /// Takes a target's events.
    private func take(_ events: [DeploymentEvent], of id: String, run: Int) {
        guard jobs[id]?.run == run, jobs[id]?.options != nil else { return }
        jobs[id]?.lastSign = .now
        let scrubber = jobs[id]?.scrubber
        for event in events {
            if event.kind == .phase, let phase = event.state.flatMap(DeploymentState.init) {
                _ = jobs[id]?.record.machine.take(.reached(phase))
            }
            if event.kind == .nodeState, let node = event.node {
                if event.state == "failed" {
                    jobs[id]?.failedNode = node
                } else if jobs[id]?.failedNode == node {
                    jobs[id]?.failedNode = nil
                }
            }
            if event.kind == .link, let url = event.url {
                let link = DeploymentOutcome.Link(title: event.text, url: url)
                jobs[id]?.record.add(scrubber?.clean(link) ?? link)
            }
        }
        write(id, events)
    }

    private func log(_ text: Logger.Message, _ record: DeploymentRecord) {
        let metadata: Logger.Metadata = [
            "deployment": "\(record.id)", "target": "\(record.target)", "operation": "\(record.operation.rawValue)",
            "state": "\(record.state.rawValue)", "attempt": "\(record.attempt)",
        ]
        logger.info(text, metadata: metadata)
    }

    /// Ends the work on a deployment.
    func finish(_ id: String, _ outcome: Result<DeploymentOutcome?, any Error>) {
        guard let job = jobs[id], job.options != nil else { return }
        jobs[id]?.options = nil
        jobs[id]?.task = nil
        let end = DeploymentEnd(outcome, of: job.record, ending: job.ending?.reason, limits: limits)
        let time = now()
        guard jobs[id]?.record.machine.take(end.input) == true, let state = jobs[id]?.record.state else { return }
        jobs[id]?.record.isCancelling = false
        jobs[id]?.record.finished = time
        jobs[id]?.record.failure = end.failure.map { failure in
            var failure = failure.cleaned(by: job.scrubber)
            failure.node = failure.node ?? job.failedNode
            return failure
        }
        if case .success(let outcome?) = outcome {
            for link in outcome.links { jobs[id]?.record.add(job.scrubber.clean(link)) }
            if let artifact = outcome.artifact { jobs[id]?.record.artifact = ArtifactSummary(artifact) }
        }
        if state == .removed { jobs[id]?.record.links = [] }
        var events = [DeploymentEvent(.init(rawValue: StoredEvent.stateKind), state: state.rawValue, text: end.text)]
        if let failure = end.failure {
            let kind = DeploymentEvent.Kind(rawValue: StoredEvent.failureKind)
            let text = "\(failure.what): \(failure.why)"
            events.insert(DeploymentEvent(kind, node: failure.node, text: text, remedy: failure.remedy), at: 0)
        }
        write(id, events) { change in
            if case .success(let outcome?) = outcome { change.artifact = outcome.artifact?.bytes }
            change.replacesOthers = state == .running && job.record.operation == .deploy
        }
        if let place = job.record.place { release(PlaceKey(target: job.record.target, place: place)) }
        working.remove(id)
        queue.removeAll { $0 == id }
        if let record = jobs[id]?.record { log("deployment ended", record) }
        beginNext()
    }
}

extension LoadedTarget {
    /// Whether this is what has become of a target whose file was exchanged while work for it was waiting: new processes
    /// would not take the old file for the new one. Work that was made for other options stays where it was.
    fileprivate func hasOtherFile(than other: LoadedTarget) -> Bool {
        guard let digest = hosted.fileDigest, let otherDigest = other.hosted.fileDigest else { return false }
        return digest != otherDigest && manifest.options == other.manifest.options
    }
}

extension DeploymentRecord {
    /// Adds a page that is not there yet; http and https only.
    fileprivate mutating func add(_ link: DeploymentOutcome.Link) {
        guard link.url.hasPrefix("https://") || link.url.hasPrefix("http://") else { return }
        if let index = links.firstIndex(where: { $0.url == link.url }) {
            links[index] = link
        } else if links.count < 500 {
            links.append(link)
        }
    }
}

extension ArtifactSummary {
    init(_ artifact: DeploymentOutcome.Artifact) {
        self.init(fileName: artifact.fileName, mediaType: artifact.mediaType, bytes: artifact.bytes.count)
    }
}
