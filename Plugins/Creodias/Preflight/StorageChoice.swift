internal import Documents
internal import TargetContract

/// How shared folders are claimed in a cluster. Pure.
struct StorageChoice: Equatable {
    /// `ReadWriteMany` or `ReadWriteOnce`.
    var accessMode: String
    /// Nil for the cluster's default class.
    var storageClass: String?
    /// Whether all consumers of a folder must run on one node.
    var isColocated: Bool
    /// What was decided, for the user.
    var note: String?
    /// Whether no class was found at all.
    var isWithoutClass: Bool

    /// - Parameters:
    ///   - access: the option: `automatic`, `ReadWriteMany` or `ReadWriteOnce`.
    ///   - storageClass: the option.
    ///   - classes: the cluster's StorageClasses; nil if they may not be read.
    init(access: String, storageClass: String?, classes: [Document]?) {
        let known = classes ?? []
        let chosen = Self.choose(storageClass, among: known, wantsMany: access != "ReadWriteOnce")
        self.storageClass = storageClass ?? (chosen.map(Self.isDefault) == true ? nil : chosen.map(Self.name))
        isWithoutClass = classes != nil && chosen == nil
        let canMany = chosen.map(Self.isKnownForMany) ?? false
        switch access {
        case "ReadWriteMany", "ReadWriteOnce": accessMode = access
        default: accessMode = canMany ? "ReadWriteMany" : "ReadWriteOnce"
        }
        isColocated = accessMode == "ReadWriteOnce"
        let label = chosen.map { "the class \(Self.name($0)) (\(Self.provisioner($0)))" } ?? "the cluster's storage"
        if isColocated {
            note = "\(label) gives volumes to one node at a time; all nodes that share a folder run on one machine"
        } else if !canMany {
            note = "\(label) is not known for ReadWriteMany; a volume may be bound and still not be mounted twice"
        } else {
            note = nil
        }
    }

    private static func choose(_ name: String?, among classes: [Document], wantsMany: Bool) -> Document? {
        if let name { return classes.first { self.name($0) == name } }
        let standard = classes.first(where: isDefault)
        if wantsMany, let many = classes.first(where: isKnownForMany) {
            return standard.map(isKnownForMany) == true ? standard : many
        }
        return standard ?? (classes.count == 1 ? classes[0] : nil)
    }

    /// Provisioners whose volumes several nodes can mount at once.
    private static func isKnownForMany(_ storageClass: Document) -> Bool {
        let provisioner = provisioner(storageClass).lowercased()
        return ["nfs", "manila", "cephfs", "longhorn", "glusterfs", "azurefile", "efs"].contains {
            provisioner.contains($0)
        }
    }

    private static func isDefault(_ storageClass: Document) -> Bool {
        let annotations = storageClass["metadata"]?["annotations"]
        return annotations?["storageclass.kubernetes.io/is-default-class"]?.string == "true"
            || annotations?["storageclass.beta.kubernetes.io/is-default-class"]?.string == "true"
    }

    private static func name(_ storageClass: Document) -> String { storageClass["metadata"]?["name"]?.string ?? "" }
    private static func provisioner(_ storageClass: Document) -> String { storageClass["provisioner"]?.string ?? "" }
}
