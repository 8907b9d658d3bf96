internal import Manifests
internal import TargetContract

/// How web pages, and the interface of a single model, are reached from outside the cluster.
struct Exposure: Sendable, Hashable {
    enum Way: String, Sendable {
        case nodePort, loadBalancer, ingress, none
    }

    let way: Way
    /// Nil for the cluster's default class.
    let ingressClass: String?
    /// Nil for any host.
    let ingressHost: String?

    init(_ options: OptionValues) throws(TargetError) {
        way = Way(rawValue: options.text("expose") ?? "") ?? .nodePort
        ingressClass = options.text("ingress-class")
        ingressHost = options.text("ingress-host")
        try requireIngress("ingress-class", ingressClass)
        try requireIngress("ingress-host", ingressHost)
    }

    /// The type of the Services that expose something.
    var serviceType: ManifestStyle.ServiceType {
        switch way {
        case .nodePort: .nodePort
        case .loadBalancer: .loadBalancer
        case .ingress, .none: .clusterIP
        }
    }

    private func requireIngress(_ option: String, _ value: String?) throws(TargetError) {
        guard let value else { return }
        guard way == .ingress else {
            throw TargetError(
                .invalidOption,
                what: "The option \(option) has no effect",
                why: "expose is \(way.rawValue)",
                remedy: "Give expose=ingress as well, or leave \(option) out"
            )
        }
        guard Self.isHostName(value) else {
            throw TargetError(
                .invalidOption,
                what: "The option \(option) cannot be used",
                why: "\"\(value.prefix(80))\" is no name of lower-case letters, digits, dashes and dots",
                remedy: option == "ingress-host" ? "Write for instance apps.example.org" : "Write for instance nginx"
            )
        }
    }

    /// A DNS-1123 subdomain, short enough for a node's name in front of it.
    private static func isHostName(_ text: String) -> Bool {
        text.utf8.count <= 189
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
                NamespaceName.isLabel(String($0))
            }
    }
}
