internal import Blueprints
internal import Cryptography
internal import Documents

/// A call of the Common Data Service that tells it something.
struct PlatformCall: Sendable, Hashable {
    enum Method: String, Sendable {
        case post = "POST"
        case put = "PUT"
    }

    let method: Method
    /// The segments behind the base address.
    let path: [String]
    /// Nil for none.
    var body: Document?
    /// The member of the answer that holds the id of what was made; nil where nothing is made, or nobody needs it.
    var idMember: String?
    /// What the log calls it: method and path without ids.
    let name: String
}

extension PlatformCall {
    /// A record of a deployment, or what becomes of it.
    /// - Parameter id: of the record; nil for a new one.
    static func deployment(_ report: DeploymentReport, id: PlatformID?) -> PlatformCall {
        var body = ids(of: report)
        body["deploymentId"] = id?.document
        body["deploymentStatusCode"] = .string(report.deploymentStatus)
        body["target"] = .string(report.target)
        body["detail"] = .string(report.detail)
        let path = ["solution", report.reference.solutionID, "revision", report.reference.revisionID, "deploy"]
        return PlatformCall(
            method: id == nil ? .post : .put,
            path: path + (id.map { [$0.text] } ?? []),
            body: .object(body),
            idMember: id == nil ? "deploymentId" : nil,
            name: "deploy"
        )
    }

    /// A task, or what becomes of it.
    /// - Parameter id: of the task; nil for a new one.
    static func task(_ report: DeploymentReport, id: PlatformID?) -> PlatformCall {
        var body = ids(of: report)
        body["taskId"] = id?.document
        body["taskCode"] = "DP"
        body["name"] = .string(report.taskName)
        body["statusCode"] = .string(report.taskStatus)
        body["trackingId"] = .string(report.deployment)
        return PlatformCall(
            method: id == nil ? .post : .put,
            path: ["task"] + (id.map { [$0.text] } ?? []),
            body: .object(body),
            idMember: id == nil ? "taskId" : nil,
            name: "task"
        )
    }

    /// How the one step of a task went.
    static func stepResult(_ report: DeploymentReport, task: PlatformID, began: Double) -> PlatformCall {
        PlatformCall(
            method: .post,
            path: ["task", "stepresult"],
            body: .object([
                "taskId": task.document,
                "name": .string(report.taskName),
                "statusCode": .string(report.taskStatus),
                "result": .string(report.result),
                "startDate": .string(Self.instant(began)),
                "endDate": .string(Self.instant(report.time)),
            ]),
            name: "task/stepresult"
        )
    }

    /// A notification, which is nobody's yet.
    static func notification(_ report: DeploymentReport) -> PlatformCall {
        var body: DocumentObject = [
            "title": "Solution Deployment Update",
            "message": .string(report.message),
            "msgSeverityCode": .string(report.severity),
        ]
        body["url"] = report.page.map(Document.string)
        // The time in which the portal shows it.
        body["start"] = .string(Self.instant(report.time))
        body["end"] = .string(Self.instant(report.time + notificationSeconds))
        return PlatformCall(
            method: .post,
            path: ["notif"],
            body: .object(body),
            idMember: "notificationId",
            name: "notif"
        )
    }

    /// Gives a notification to the user.
    static func recipient(_ report: DeploymentReport, notification: PlatformID) -> PlatformCall {
        PlatformCall(
            method: .post,
            path: ["notif", notification.text, "user", report.user.text],
            name: "notif/user"
        )
    }

    /// How long the portal shows a notification that is not read: 30 days.
    private static let notificationSeconds = 30 * 86_400.0

    /// As CDS writes times: UTC, to the second.
    private static func instant(_ seconds: Double) -> String {
        UTCTime(seconds: Int64(exactly: seconds.rounded(.down)) ?? 0).description
    }

    private static func ids(of report: DeploymentReport) -> DocumentObject {
        [
            "solutionId": .string(report.reference.solutionID),
            "revisionId": .string(report.reference.revisionID),
            "userId": report.user.document,
        ]
    }
}

extension DeploymentReport {
    fileprivate var taskName: String {
        let text = operation == .rerun ? "New start on \(target)" : "Deployment to \(target)"
        return text.prefixed(by: PlatformLimits.name)
    }
}
