internal import Blueprints
internal import HTTPTypes
internal import Hummingbird
internal import TargetContract
internal import Transport

/// Deploys because the portal opened the address of a target whose `entry` is `immediate`, and leads to where the
/// solution is.
///
/// GET must not change anything for somebody who did not mean it: it takes the portal's token in this very request. The
/// cookie is not enough, as browsers send it along whoever makes them ask; it leads to the page.
struct ImmediateEntry {
    let site: PageSite

    /// How long the answer may wait for the target; proxies give up after a minute.
    private static let patience = Duration.seconds(25)

    /// - Parameter submission: what is deployed; options are as the target has them by default.
    /// - Throws: `Problem`, and what `DeploymentEngine.submit` throws.
    func answer(
        _ submission: DeploymentSubmission,
        _ request: Request,
        _ context: DeployerRequestContext
    ) async throws -> Response {
        guard !request.isSpeculative else { throw Problem.speculative }
        let (engine, user) = (site.engine, submission.session.user.userID)
        let key = EntryLedger.Key(user: user, target: submission.target, reference: submission.reference)
        let id = try await site.entries.deployment(key) { try await engine.submit(submission).record.id }
        let page = "\(context.root(of: request))deployments/\(id)"
        guard let record = try await ended(id, submission.session) else { return .seeOther(page) }
        if [.failed, .cancelled, .interrupted].contains(record.state) {
            await site.entries.forget(key, deployment: id)
            if let failure = record.failure { throw Problem(failure) }
        }
        guard let link = record.links.first, (try? URLParts(link.url)) != nil else { return .seeOther(page) }
        return Response(status: .found, headers: [.location: link.url])
    }

    /// The deployment once the work on it has ended; nil where that takes too long.
    private func ended(_ id: String, _ session: Session) async throws -> DeploymentRecord? {
        let engine = site.engine
        return try await withThrowingTaskGroup(of: DeploymentRecord?.self) { group in
            group.addTask {
                let news = await engine.follow(id)
                var record = try await engine.record(id, for: session)
                var iterator = news.makeAsyncIterator()
                while record.state.isActive {
                    guard await iterator.next() != nil else { return nil }
                    record = try await engine.record(id, for: session)
                }
                return record
            }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

extension LoadedTarget {
    /// Options without which nothing can be deployed, and that only users can answer.
    var unansweredOptions: [String] {
        do throws(OptionProblems) {
            _ = try OptionValues([:], for: manifest.options)
            return []
        } catch {
            return error.problems.map(\.option).filter { name in askedOptions.contains { $0.name == name } }
        }
    }

    /// Whether the target's defaults, and what the host knows of a user, suffice to deploy.
    func isAnswered(for user: UserIdentity) -> Bool {
        guard let given = try? completed([:], for: user) else { return false }
        return (try? OptionValues(given, for: manifest.options)) != nil
    }
}

extension Request {
    /// Whether a browser asks before anybody has opened the address (Fetch standard: `Sec-Purpose`; older browsers say
    /// `Purpose` or `X-Moz`).
    fileprivate var isSpeculative: Bool {
        ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"].compactMap { HTTPField.Name($0) }.contains { name in
            headers[values: name].contains { value in
                ["prefetch", "prerender", "preview"].contains(where: value.lowercased().contains)
            }
        }
    }
}

extension Problem {
    fileprivate static let speculative = Problem(
        .forbidden,
        "Nothing is deployed ahead of time",
        detail: "The browser asks for this page before anybody has opened it.",
        remedy: "Open the page."
    )

    /// Why a deployment failed, as the answer to who asked for it.
    fileprivate init(_ failure: DeploymentFailure) {
        let status: HTTPResponse.Status =
            switch failure.code {
            case "signed-out": .unauthorized
            case "invalid-option", "refused", "limit-exceeded", TargetError.Code.unsupported.rawValue:
                .unprocessableContent
            case TargetError.Code.conflict.rawValue, TargetError.Code.busy.rawValue: .conflict
            case TargetError.Code.timeout.rawValue: .gatewayTimeout
            case TargetError.Code.failed.rawValue, "internal": .internalServerError
            default: .badGateway
            }
        self.init(status, failure.what, detail: failure.why, remedy: failure.remedy, node: failure.node)
    }
}
