internal import Documents
internal import TargetContract
internal import Transport

/// Magnum, the service for clusters of OpenStack (API v1), in one region.
struct MagnumClient: Sendable {
    let session: CloudSession
    /// Nil for the only one.
    let region: String?
    let authorities: CloudMemory<[UInt8]>
    let templates: CloudMemory<MagnumTemplate>

    private static let pageLength = 100
    private static let maximumPages = 20

    /// The clusters of the credential's project, in the cloud's order; at most 2000.
    /// - Throws: `TargetError` or `CancellationError`, as all calls do.
    func clusters() async throws -> [MagnumCluster] {
        try await all(.clusters, "clusters", MagnumCluster.init, marker: \.uuid)
    }

    /// The templates that the credential's project may see, by their uuids; at most 2000.
    func allTemplates() async throws -> [String: MagnumTemplate] {
        let all = try await all(.templates, "clustertemplates", MagnumTemplate.init, marker: \.uuid)
        return Dictionary(all.map { ($0.uuid, $0) }) { first, _ in first }
    }

    /// All pages of a list.
    private func all<Item>(
        _ subject: CloudCall.Subject,
        _ name: String,
        _ item: (Document) -> Item?,
        marker: (Item) -> String
    ) async throws -> [Item] {
        var all: [Item] = []
        for _ in 0..<Self.maximumPages {
            var query = [("limit", "\(Self.pageLength)")]
            if let last = all.last { query.append(("marker", marker(last))) }
            let page = try await document(subject, [name], query: query)
            guard let items = page[name]?.array else { throw session.call(subject).misunderstood("Magnum") }
            let before = all.count
            all += items.compactMap(item)
            // `next` is an absolute URL; only that there is one matters, so that nothing else is ever called.
            guard page["next"]?.string != nil, all.count > before else { break }
        }
        return all
    }

    /// A cluster by its name or uuid, with its API address.
    func cluster(_ name: String) async throws -> MagnumCluster {
        let document = try await document(.cluster(name), ["clusters", name])
        guard let cluster = MagnumCluster(document) else {
            throw session.call(.cluster(name)).misunderstood("Magnum")
        }
        return cluster
    }

    /// What a cluster was made from. It is remembered.
    /// - Returns: nil where the cloud does not show it: templates need not be those of the project.
    func template(of cluster: MagnumCluster) async throws -> MagnumTemplate? {
        guard let uuid = cluster.template else { return nil }
        let place = CloudMemory<MagnumTemplate>.Place(cloud: session.cloud.name, region: region, name: uuid)
        if let template = templates.value(for: place) { return template }
        let subject = CloudCall.Subject.template(of: cluster.name)
        do {
            guard let template = MagnumTemplate(try await document(subject, ["clustertemplates", uuid])) else {
                throw session.call(subject).misunderstood("Magnum")
            }
            templates.remember(template, for: place)
            return template
        } catch let error as TargetError where error.code == CloudCall.notShown {
            return nil
        }
    }

    /// The certificate (PEM) of the authority that a cluster's certificates come from. It is remembered.
    /// - Parameter name: what the cluster was asked for by.
    func authority(of cluster: MagnumCluster, asked name: String) async throws -> [UInt8] {
        let authority = try await authority(of: cluster.uuid, called: cluster.name)
        authorities.remember(authority, for: place(of: name))
        return authority
    }

    /// The same for a cluster that has not been looked up, as it was when somebody has last asked for it. It may be
    /// another's by now.
    /// - Parameter name: the cluster's name or uuid.
    func rememberedAuthority(of name: String) async throws -> [UInt8] {
        if let authority = authorities.value(for: place(of: name)) { return authority }
        let authority = try await authority(of: name, called: name)
        authorities.remember(authority, for: place(of: name))
        return authority
    }

    private func place(of cluster: String) -> CloudMemory<[UInt8]>.Place {
        CloudMemory<[UInt8]>.Place(cloud: session.cloud.name, region: region, name: cluster)
    }

    private func authority(of cluster: String, called name: String) async throws -> [UInt8] {
        let subject = CloudCall.Subject.authority(name)
        return try pem(try await document(subject, ["certificates", cluster]), subject)
    }

    /// Has a certificate signed by a cluster's authority.
    /// - Parameter request: PKCS#10 in PEM.
    /// - Returns: the certificate in PEM.
    func certificate(of cluster: MagnumCluster, for request: [UInt8]) async throws -> [UInt8] {
        let subject = CloudCall.Subject.certificate(cluster.name)
        let body: Document = [
            "cluster_uuid": .string(cluster.uuid), "csr": .string(String(decoding: request, as: UTF8.self)),
        ]
        return try pem(try await document(subject, ["certificates"], body: body), subject)
    }

    /// The member `pem`, with the line end that Magnum leaves out.
    private func pem(_ document: Document, _ subject: CloudCall.Subject) throws(TargetError) -> [UInt8] {
        guard let text = document["pem"]?.string, text.contains("-----BEGIN CERTIFICATE-----") else {
            throw session.call(subject).misunderstood("Magnum")
        }
        return Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
    }

    private func document(
        _ subject: CloudCall.Subject,
        _ segments: [String],
        query: [(String, String)] = [],
        body: Document? = nil
    ) async throws -> Document {
        let response = try await session.send(subject) { [self] catalog throws(TargetError) in
            try request(catalog, segments, query, body)
        }
        guard let document = try? Document(json: response.body, limits: .cluster), document.object != nil else {
            throw session.call(subject).misunderstood("Magnum")
        }
        return document
    }

    private func request(
        _ catalog: ServiceCatalog,
        _ segments: [String],
        _ query: [(String, String)],
        _ body: Document?
    ) throws(TargetError) -> HTTPRequest {
        let endpoint = try endpoint(in: catalog)
        let base = endpoint.url.split(separator: "/").last == "v1" ? [] : ["v1"]
        var request: HTTPRequest
        do throws(TransportError) {
            var url = try URLParts(endpoint.url).appending(segments: base + segments).text
            if !query.isEmpty {
                url += "?" + query.map { "\($0)=\(URLParts.percentEncoded($1))" }.joined(separator: "&")
            }
            request = HTTPRequest(url: url, method: body == nil ? "GET" : "POST")
        } catch {
            throw TargetError(
                .unavailable,
                what: "The endpoint of Magnum in the cloud \(session.cloud.name) cannot be called",
                why: error.reason,
                remedy: "Ask the cloud's operator to correct its catalogue, or choose another region or cluster"
            )
        }
        request.headers = ["Accept": "application/json", "OpenStack-API-Version": "container-infra latest"]
        if let body {
            request.headers["Content-Type"] = "application/json"
            request.body = body.json()
        }
        return request
    }

    private func endpoint(in catalog: ServiceCatalog) throws(TargetError) -> ServiceCatalog.Endpoint {
        let cloud = session.cloud
        let offered = catalog.containers.filter { endpoint in
            endpoint.interface == cloud.interface && (cloud.regions.isEmpty || cloud.regions.contains(endpoint.region))
        }
        let found = offered.filter { region == nil || $0.region == region }
        if region == nil, Set(found.map(\.region)).count > 1 {
            throw TargetError(
                .invalidOption,
                what: "The cloud \(cloud.name) has several regions",
                why: "Magnum is in \(found.map(\.region).joined(separator: ", "))",
                remedy: "Give the option region"
            )
        }
        if let endpoint = found.first { return endpoint }
        let regions = offered.map(\.region)
        let inCatalog = catalog.regions(interface: cloud.interface)
        let why =
            if catalog.endpoints.isEmpty {
                "the credential has no project, so its token comes without a catalogue"
            } else if catalog.containers.isEmpty {
                "its catalogue has no service container-infra"
            } else if inCatalog.isEmpty {
                "its catalogue has no \(cloud.interface) endpoint of container-infra"
            } else if offered.isEmpty {
                "container-infra is in \(inCatalog.joined(separator: ", ")), and may be used in "
                    + "\(cloud.regions.joined(separator: ", ")) only"
            } else {
                "container-infra is in \(regions.joined(separator: ", ")), not in \(region?.prefix(60) ?? "")"
            }
        throw TargetError(
            inCatalog.isEmpty ? .unavailable : .invalidOption,
            what: "Magnum was not found in the cloud \(cloud.name)",
            why: why,
            remedy: inCatalog.isEmpty
                ? "Make the credential in a project with clusters, or paste a kubeconfig instead"
                : "Give a region of the cloud that may be used; names of regions are case-sensitive"
        )
    }
}
