internal import Documents

extension Readiness {
    /// A PersistentVolumeClaim: ready when bound. A claim of a class that binds with the first pod stays pending until
    /// then; wait for claims and pods together.
    public static func claim(named name: String, in snapshot: ClusterSnapshot, at now: Int64) -> Verdict {
        guard let claim = snapshot.claims[name] else { return missing("claim", name) }
        if claim.isBeingDeleted {
            return Verdict(.failed, "claim \"\(name)\" is being deleted", remedy: "Deploy again once it is gone")
        }
        let storage = storageClass(of: claim, in: snapshot)
        switch claim.phase {
        case "Bound": return bound(claim, storage)
        case "Lost":
            return Verdict(
                .failed,
                "claim \"\(name)\" has lost its volume (Lost)",
                remedy: "Restore the volume, or remove the claim and deploy again"
            )
        default: return pending(claim, storage, in: snapshot)
        }
    }

    /// That a claim for ReadWriteMany is bound proves nothing on block storage.
    private static func bound(_ claim: Document, _ storage: Document?) -> Verdict {
        let modes = (claim["spec"]?["accessModes"]?.array ?? []).compactMap(\.string)
        let provisioner = storage?["provisioner"]?.string ?? ""
        let reason = "claim \"\(claim.name ?? "")\" is bound"
        guard modes.contains("ReadWriteMany"), provisioner.contains("cinder") else { return Verdict(.ready, reason) }
        return Verdict(
            .ready,
            "\(reason), but \(provisioner) attaches a volume to one node at a time",
            remedy: "Let all pods that use the claim run on one node, or choose a storage class for ReadWriteMany"
        )
    }

    private static func pending(_ claim: Document, _ storage: Document?, in snapshot: ClusterSnapshot) -> Verdict {
        let place = "claim \"\(claim.name ?? "")\""
        if let event = snapshot.events(of: claim).first(where: { $0.reason == "ProvisioningFailed" }) {
            return Verdict(
                .warning,
                "\(place) gets no volume: \(event.message)",
                remedy: "Check the storage quota and the claim's size and class"
            )
        }
        if let problem = classProblem(of: claim, storage, in: snapshot) {
            return Verdict(
                .warning, "\(place) gets no volume: \(problem)", remedy: "Choose a storage class that exists")
        }
        if storage?["volumeBindingMode"]?.string == "WaitForFirstConsumer" {
            return Verdict(.progressing, "\(place) waits for its first pod (WaitForFirstConsumer)")
        }
        return Verdict(.progressing, "\(place) waits for its volume")
    }

    private static func classProblem(
        of claim: Document,
        _ storage: Document?,
        in snapshot: ClusterSnapshot
    ) -> String? {
        guard storage == nil, claim["spec"]?["volumeName"]?.string == nil else { return nil }
        switch claim["spec"]?["storageClassName"]?.string {
        case "": return "an empty storageClassName switches provisioning off"
        case nil: return snapshot.storageClasses.isEmpty ? nil : "it names no storage class, and none is the default"
        case let name?:
            return snapshot.storageClasses.isEmpty ? nil : "there is no storage class \"\(name)\""
        }
    }

    /// The class that the claim names, or the default one.
    private static func storageClass(of claim: Document, in snapshot: ClusterSnapshot) -> Document? {
        if let name = claim["spec"]?["storageClassName"]?.string { return snapshot.storageClasses[name] }
        return snapshot.storageClasses.values.first {
            $0["metadata"]?["annotations"]?["storageclass.kubernetes.io/is-default-class"]?.string == "true"
        }
    }
}
