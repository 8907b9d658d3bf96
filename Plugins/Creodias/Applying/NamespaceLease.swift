internal import Documents
internal import Kubernetes
internal import Synchronization
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
    /// The version of the Lease as this holder wrote it last; whoever else writes it makes another one.
    private let version: Mutex<String?>
    private let renewal = Mutex<Task<Void, Never>?>(nil)

    /// Takes the lease.
    /// - Throws: `TargetError` with the code `busy` while somebody else holds it.
    static func take(_ cluster: KubernetesClient, namespace: String, report: EventReporter) async throws
        -> NamespaceLease
    {
        let holder = "graphene-deployer-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let version: String?
        do throws(KubernetesError) {
            version = try await create(cluster, namespace, holder)
        } catch {
            switch error.code {
            case .conflict:
                throw TargetError(
                    .busy,
                    what: "The namespace \(namespace) is being worked in",
                    why: error.message,
                    remedy: "Wait until the other deployment has ended; a lease that nobody renews ends after a minute"
                )
            case .forbidden:
                let text = "two deployments cannot be kept apart: the user may not use leases in \(namespace)"
                report(DeploymentEvent(.warning, text: text))
                return NamespaceLease(cluster, namespace: namespace, holder: holder, version: nil)
            case .cancelled: throw CancellationError()
            default: throw TargetError(error)
            }
        }
        let lease = NamespaceLease(cluster, namespace: namespace, holder: holder, version: version)
        lease.keepRenewing()
        return lease
    }

    private init(_ cluster: KubernetesClient, namespace: String, holder: String, version: String?) {
        self.cluster = cluster
        self.namespace = namespace
        self.holder = holder
        self.version = Mutex(version)
    }

    private func keepRenewing() {
        let task = Task { [self] in
            while (try? await Task.sleep(for: .seconds(20))) != nil {
                // A renewal that fails is tried again in time; the lease outlasts two of them.
                guard let renewed = try? await Self.acquire(cluster, namespace, holder) else { continue }
                version.withLock { $0 = renewed }
            }
        }
        renewal.withLock { $0 = task }
    }

    /// Gives the lease back. Never fails: it ends by itself.
    func release() async {
        guard let task = renewal.withLock(\.self) else { return }
        task.cancel()
        await task.value
        guard let version = version.withLock(\.self) else { return }
        let cluster = cluster, namespace = namespace
        // Also after a cancelled deployment. A successor's lease has another version and stays.
        await Task.detached {
            _ = try? await cluster.delete(.lease, Self.name, namespace: namespace, version: version)
        }.value
    }

    /// Makes the Lease, or takes over one that has ended.
    private static func create(
        _ cluster: KubernetesClient,
        _ namespace: String,
        _ holder: String
    ) async throws(KubernetesError) -> String? {
        do throws(KubernetesError) {
            let lease = object(namespace, holder, Timestamp.now, version: nil)
            return resourceVersion(try await cluster.create(lease, .lease, namespace: namespace))
        } catch {
            guard error.code == .conflict else { throw error }
            return try await acquire(cluster, namespace, holder)
        }
    }

    private static func resourceVersion(_ lease: Document) -> String? { lease["metadata"]?["resourceVersion"]?.string }

    private static func acquire(
        _ cluster: KubernetesClient,
        _ namespace: String,
        _ holder: String
    ) async throws(KubernetesError) -> String? {
        let now = Timestamp.now
        guard let found = try await cluster.get(.lease, name, namespace: namespace) else {
            let lease = object(namespace, holder, now, version: nil)
            return resourceVersion(try await cluster.create(lease, .lease, namespace: namespace))
        }
        let other = found["spec"]?["holderIdentity"]?.string ?? ""
        let renewed = found["spec"]?["renewTime"]?.string.flatMap(Timestamp.init)
        // Who asks for more than a deployer ever does is waited for no longer than an hour.
        let length = min(max(found["spec"]?["leaseDurationSeconds"]?.integer ?? seconds, 0), 3_600)
        if other != holder, !other.isEmpty, let renewed, renewed.seconds + Int64(length) > now.seconds {
            throw KubernetesError(
                .conflict,
                operation: "take the lease",
                message: "another deployment holds its lease since \(renewed)"
            )
        }
        let lease = object(namespace, holder, now, version: resourceVersion(found))
        return resourceVersion(try await cluster.replace(lease, .lease, name, namespace: namespace))
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
