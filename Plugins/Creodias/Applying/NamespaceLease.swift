internal import Documents
internal import Kubernetes
internal import TargetContract

/// The Lease (`coordination.k8s.io/v1`) that keeps two deployers from working in one namespace at once.
///
/// It is held for a minute and renewed every 20 seconds; a deployer that died leaves one that ends by itself.
final class NamespaceLease: Sendable {
    static let name = "graphene-deployer"
    private static let seconds = 60

    private let cluster: KubernetesClient
    private let namespace: String
    private let holder: String
    private let renewal: Task<Void, Never>?

    /// Takes the lease.
    /// - Throws: `TargetError` with the code `conflict` while somebody else holds it.
    static func take(_ cluster: KubernetesClient, namespace: String, report: EventReporter) async throws
        -> NamespaceLease
    {
        let holder = "graphene-deployer-" + String(UInt64.random(in: .min ... .max), radix: 36)
        do throws(KubernetesError) {
            try await acquire(cluster, namespace, holder)
        } catch {
            switch error.code {
            case .conflict:
                throw TargetError(
                    .conflict,
                    what: "The namespace \(namespace) is being worked in",
                    why: error.message,
                    remedy: "Wait until the other deployment has ended; a lease that nobody renews ends after a minute"
                )
            case .forbidden:
                let text = "two deployments cannot be kept apart: the user may not use leases in \(namespace)"
                report(DeploymentEvent(.warning, text: text))
                return NamespaceLease(cluster, namespace: namespace, holder: nil)
            case .cancelled: throw CancellationError()
            default: throw TargetError(error)
            }
        }
        return NamespaceLease(cluster, namespace: namespace, holder: holder)
    }

    private init(_ cluster: KubernetesClient, namespace: String, holder: String?) {
        self.cluster = cluster
        self.namespace = namespace
        self.holder = holder ?? ""
        renewal = holder.map { holder in
            Task {
                while (try? await Task.sleep(for: .seconds(20))) != nil {
                    // A renewal that fails is tried again in time; the lease outlasts two of them.
                    _ = try? await Self.acquire(cluster, namespace, holder)
                }
            }
        }
    }

    /// Gives the lease back. Never fails: it ends by itself.
    func release() async {
        guard let renewal else { return }
        renewal.cancel()
        await renewal.value
        let cluster = cluster, namespace = namespace, holder = holder
        // Also after a cancelled deployment.
        await Task.detached {
            guard let lease = try? await cluster.get(.lease, Self.name, namespace: namespace),
                lease["spec"]?["holderIdentity"]?.string == holder
            else { return }
            let uid = lease["metadata"]?["uid"]?.string
            _ = try? await cluster.delete(.lease, Self.name, namespace: namespace, uid: uid)
        }.value
    }

    private static func acquire(
        _ cluster: KubernetesClient,
        _ namespace: String,
        _ holder: String
    ) async throws(KubernetesError) {
        let now = Timestamp.now
        guard let found = try await cluster.get(.lease, name, namespace: namespace) else {
            _ = try await cluster.create(object(namespace, holder, now, version: nil), .lease, namespace: namespace)
            return
        }
        let other = found["spec"]?["holderIdentity"]?.string ?? ""
        let renewed = found["spec"]?["renewTime"]?.string.flatMap(Timestamp.init)
        let length = found["spec"]?["leaseDurationSeconds"]?.integer ?? seconds
        if other != holder, !other.isEmpty, let renewed, renewed.seconds + Int64(length) > now.seconds {
            throw KubernetesError(
                .conflict,
                operation: "take the lease",
                message: "another deployment holds its lease since \(renewed)"
            )
        }
        let version = found["metadata"]?["resourceVersion"]?.string
        _ = try await cluster.replace(
            object(namespace, holder, now, version: version),
            .lease,
            name,
            namespace: namespace
        )
    }

    private static func object(_ namespace: String, _ holder: String, _ now: Timestamp, version: String?) -> Document {
        var metadata: DocumentObject = [
            "name": .string(name), "namespace": .string(namespace),
            "labels": [Ownership.managedByLabel: .string(Ownership.manager)],
        ]
        if let version { metadata["resourceVersion"] = .string(version) }
        return [
            "apiVersion": .string(ObjectKind.lease.apiVersion), "kind": "Lease", "metadata": .object(metadata),
            "spec": [
                "holderIdentity": .string(holder), "leaseDurationSeconds": .number(NumberLiteral(seconds)),
                "renewTime": .string(now.micro),
            ],
        ]
    }
}
