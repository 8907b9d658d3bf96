internal import Documents

extension Readiness {
    /// A Service: ready with a cluster address; one of type LoadBalancer with an address of its load balancer.
    public static func service(named name: String, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict {
        guard let service = snapshot.services[name] else { return missing("service", name) }
        if service.isBeingDeleted {
            return Verdict(.failed, "service \"\(name)\" is being deleted", remedy: "Deploy again once it is gone")
        }
        let type = service["spec"]?["type"]?.string ?? "ClusterIP"
        if type == "ExternalName" { return Verdict(.ready, "service \"\(name)\" is a name only") }
        guard let address = service["spec"]?["clusterIP"]?.string, !address.isEmpty else {
            return Verdict(.progressing, "service \"\(name)\" has no cluster address yet")
        }
        guard type == "LoadBalancer" else { return Verdict(.ready, "service \"\(name)\" has a cluster address") }
        let ingress = service["status"]?["loadBalancer"]?["ingress"]?.array?.first
        if let outside = ingress?["ip"]?.string ?? ingress?["hostname"]?.string {
            return Verdict(.ready, "service \"\(name)\" answers at \(outside.asWords)")
        }
        return pendingBalancer(service, in: snapshot)
    }

    /// Quota and the like show in events only; the newest one counts.
    private static func pendingBalancer(_ service: Document, in snapshot: ClusterSnapshot) -> Verdict {
        let name = service.name ?? ""
        guard let event = snapshot.events(of: service).first(where: \.isWarning) else {
            return Verdict(.progressing, "service \"\(name)\" waits for its load balancer")
        }
        return Verdict(
            .warning,
            "service \"\(name)\" gets no load balancer: \(event.reason.asWords)\(event.message.asDetail)",
            remedy: "Check the quota of load balancers and floating IPs, or expose the service in another way"
        )
    }
}
