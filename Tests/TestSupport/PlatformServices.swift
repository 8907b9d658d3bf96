internal import Foundation

/// Stand-ins for CDS and Nexus, each a server of its own.
public struct PlatformServices: Sendable {
    public let cds: StandIn
    public let nexus: StandIn

    public static let cdsCredentials = "ccds_client:cds-secret"
    public static let nexusCredentials = "nexus_reader:nexus-sécret"

    /// Serves a platform for the time of the body.
    /// - Parameter faults: answers by decoded path, `/ccds/solution/x` or `/repository/org/a.proto`, that go before
    ///   those of the platform.
    @discardableResult
    public static func serving<Result: Sendable>(
        _ platform: Platform,
        faults: [String: StandInAnswer] = [:],
        _ body: @escaping @Sendable (PlatformServices) async throws -> Result
    ) async throws -> Result {
        try await StandIn.serving { request in
            let path = request.path.removingPercentEncoding ?? ""
            return faults[path] ?? platform.cdsAnswer(request, path)
        } _: { cds in
            try await StandIn.serving { request in
                let path = request.path.removingPercentEncoding ?? ""
                return faults[path] ?? platform.nexusAnswer(request, path)
            } _: { nexus in
                try await body(PlatformServices(cds: cds, nexus: nexus))
            }
        }
    }

    /// The variables by which a host uses these services.
    public var environment: [String: String] {
        let (cds, nexus) = ("GRAPHENE_DEPLOYER_CATALOGUE_CDS_", "GRAPHENE_DEPLOYER_CATALOGUE_NEXUS_")
        return [
            "\(cds)URL": cdsURL, "\(cds)USER": "ccds_client", "\(cds)PASSWORD": "cds-secret",
            "\(nexus)URL": nexusURL, "\(nexus)USER": "nexus_reader", "\(nexus)PASSWORD": "nexus-sécret",
        ]
    }

    public var cdsURL: String { cds.url + "/ccds" }
    public var nexusURL: String { nexus.url + "/repository/" }
}

extension Platform {
    fileprivate func cdsAnswer(_ request: RecordedRequest, _ path: String) -> StandInAnswer {
        guard request.isAuthorized(PlatformServices.cdsCredentials) else { return .spring(401, "Unauthorized", path) }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 2, parts[1] == "ccds", request.method == "GET" else {
            return .spring(404, "Not Found", path)
        }
        parts.removeFirst(2)
        switch (parts.first, parts.count) {
        case ("solution", 2): return .record(solutions[parts[1]])
        // The solution's id is ignored, as CDS does.
        case ("solution", 4) where parts[2] == "revision": return .record(revisions[parts[3]])
        case ("revision", 3) where parts[2] == "artifact": return .json(artifacts[parts[1]] ?? "[]")
        case ("user", 2): return .record(users[parts[1]])
        case ("catalog", 3) where parts[1] == "solution": return .json(catalogs[parts[2]] ?? "[]")
        case ("access", 5) where parts[1] == "user" && parts[3] == "solution":
            return .json(#"{"count":\#(readers.contains("\(parts[2])/\(parts[4])") ? 1 : 0)}"#)
        default: return .spring(404, "Not Found", path)
        }
    }

    fileprivate func nexusAnswer(_ request: RecordedRequest, _ path: String) -> StandInAnswer {
        guard request.isAuthorized(PlatformServices.nexusCredentials) else { return StandInAnswer(status: 401) }
        guard path.hasPrefix("/repository") else { return StandInAnswer(status: 404) }
        let file = String(path.dropFirst("/repository/".count))
        if file.isEmpty { return .html }
        guard let bytes = files[file] else { return StandInAnswer(status: 404) }
        // No charset, as Nexus does.
        return StandInAnswer(headers: ["content-type": "text/plain"], body: bytes)
    }
}

extension StandInAnswer {
    fileprivate static func json(_ text: String) -> StandInAnswer {
        StandInAnswer(type: "application/json;charset=UTF-8", text)
    }

    /// Not found is never 404: an unknown id gives an empty body.
    fileprivate static func record(_ text: String?) -> StandInAnswer { text.map(json) ?? StandInAnswer() }

    fileprivate static func spring(_ status: Int, _ error: String, _ path: String) -> StandInAnswer {
        let text =
            #"{"timestamp":"2024-01-01T00:00:00Z","status":\#(status),"error":"\#(error)","#
            + #""message":"\#(error)","path":"\#(path)"}"#
        var answer = StandInAnswer(status: status, type: "application/json;charset=UTF-8", text)
        if status == 401 { answer.headers["www-authenticate"] = "Basic realm=\"Acumos-CDS\"" }
        return answer
    }
}

extension RecordedRequest {
    /// Whether it came with these credentials, unasked.
    public func isAuthorized(_ credentials: String) -> Bool {
        headers["authorization"] == "Basic " + Data(credentials.utf8).base64EncodedString()
    }
}
