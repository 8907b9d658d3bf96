internal import Documents

/// Where a cloud's services are, as Keystone tells with a token.
struct ServiceCatalog: Sendable, Hashable {
    struct Endpoint: Sendable, Hashable {
        let type: String
        let region: String
        let interface: String
        let url: String
    }

    let endpoints: [Endpoint]

    /// What the service for container infrastructure is called, in the order of preference.
    static let containerTypes = [
        "container-infra", "container-infrastructure-management", "container-infrastructure",
    ]

    /// Reads the member `catalog` of a token; what has no URL is passed over.
    init(_ catalog: Document?) {
        endpoints = (catalog?.array ?? []).flatMap { service in
            (service["endpoints"]?.array ?? []).compactMap { endpoint in
                guard let type = service["type"]?.string, let url = endpoint["url"]?.string,
                    let interface = endpoint["interface"]?.string
                else { return nil }
                let region = endpoint["region_id"]?.string ?? endpoint["region"]?.string ?? ""
                return Endpoint(type: type, region: region, interface: interface, url: url)
            }
        }
    }

    /// The endpoints of Magnum, whatever their region and interface.
    var containers: [Endpoint] {
        Self.containerTypes.lazy.map { type in endpoints.filter { $0.type == type } }.first { !$0.isEmpty } ?? []
    }

    /// The regions in which Magnum has an endpoint of that interface, in the order of the catalogue.
    func regions(interface: String) -> [String] {
        var seen: Set<String> = []
        return containers.filter { $0.interface == interface }.map(\.region).filter { seen.insert($0).inserted }
    }
}
