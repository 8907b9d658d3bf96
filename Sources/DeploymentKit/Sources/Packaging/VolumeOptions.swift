internal import Manifests
internal import TargetContract

/// What users can say about the volumes of shared folders.
enum VolumeOptions {
    static let all: [TargetOption] = [
        TargetOption(
            name: "volume-size",
            kind: .quantity,
            label: "Size of shared folders",
            help: "How much storage each shared folder asks for.",
            isAdvanced: true,
            defaultValue: "1Gi"
        ),
        TargetOption(
            name: "volume-access",
            kind: .choice(["ReadWriteMany", "ReadWriteOnce"]),
            label: "Access to shared folders",
            help: "ReadWriteOnce suits clusters with one node or without a class for ReadWriteMany.",
            isAdvanced: true,
            defaultValue: "ReadWriteMany"
        ),
        TargetOption(
            name: "storage-class",
            kind: .text,
            label: "Storage class",
            help: "The class that shared folders are made with; empty for the cluster's default.",
            isAdvanced: true
        ),
    ]

    static func volume(from options: OptionValues) throws(TargetError) -> ManifestStyle.Volume {
        let storageClass = options.text("storage-class")
        if let storageClass, !isSubdomain(storageClass) {
            throw TargetError(
                .invalidOption,
                what: "The storage class cannot be used",
                why: "\"\(storageClass)\" is not a name of lower-case letters, digits, dashes and dots",
                remedy: "Take a name that kubectl get storageclass prints"
            )
        }
        return ManifestStyle.Volume(
            size: options.text("volume-size") ?? "1Gi",
            accessMode: options.text("volume-access") ?? "ReadWriteMany",
            storageClass: storageClass
        )
    }

    /// A DNS subdomain (RFC 1123), as names of storage classes must be.
    private static func isSubdomain(_ name: String) -> Bool {
        name.utf8.count <= 253
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                guard let first = label.first, let last = label.last else { return false }
                return first != "-" && last != "-"
                    && label.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                    }
            }
    }
}
