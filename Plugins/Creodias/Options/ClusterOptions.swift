internal import TargetContract

/// What users are asked for, in the order of the form.
enum ClusterOptions {
    static let all: [TargetOption] = access + cluster + place + storage + exposure + containers + conduct

    private static let access = [
        TargetOption(
            name: "access",
            kind: .choice(["kubeconfig", "cluster"]),
            label: "Access",
            help: "Paste the access file of a cluster, or choose a cluster of an OpenStack cloud (Magnum).",
            defaultValue: "kubeconfig"
        ),
        TargetOption(
            name: "kubeconfig",
            kind: .document,
            label: "Kubeconfig",
            help: "The access file of your cluster, with inline certificates or a token; it is kept in memory only.",
            isRequired: true,
            isSecret: true,
            appliesWhen: OptionCondition("access", is: "kubeconfig")
        ),
        TargetOption(
            name: "context",
            kind: .text,
            label: "Context",
            help: "The context of the kubeconfig; empty for its current one.",
            isAdvanced: true,
            appliesWhen: OptionCondition("access", is: "kubeconfig")
        ),
    ]

    private static let cluster = [
        TargetOption(
            name: "cloud",
            kind: .text,
            label: "Cloud",
            help: "One of the clouds that the administrator has listed; empty for the only one.",
            appliesWhen: OptionCondition("access", is: "cluster"),
            hasChoices: true
        ),
        TargetOption(
            name: "region",
            kind: .text,
            label: "Region",
            help: "The region of the cluster; empty for the only one.",
            appliesWhen: OptionCondition("access", is: "cluster"),
            hasChoices: true
        ),
        TargetOption(
            name: "credential-id",
            kind: .text,
            label: "Id of the application credential",
            help: "From the cloud's dashboard under Identity; not needed where the administrator has configured one.",
            appliesWhen: OptionCondition("access", is: "cluster")
        ),
        TargetOption(
            name: "credential-secret",
            kind: .text,
            label: "Secret of the application credential",
            help: "Shown once when the credential is made; it is kept in memory only.",
            isSecret: true,
            appliesWhen: OptionCondition("access", is: "cluster")
        ),
        TargetOption(
            name: "cluster",
            kind: .text,
            label: "Cluster",
            help: "The name or uuid of the cluster; its certificate is made for this deployment only.",
            isRequired: true,
            appliesWhen: OptionCondition("access", is: "cluster"),
            hasChoices: true
        ),
    ]

    private static let place = [
        TargetOption(
            name: "namespace",
            kind: .text,
            label: "Namespace",
            help: "Where the solution goes; made if it is not there, and holds this one solution.",
            isRequired: true
        )
    ]

    private static let storage = [
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
            kind: .choice(["automatic", "ReadWriteMany", "ReadWriteOnce"]),
            label: "Access to shared folders",
            help: "Automatic takes ReadWriteMany where a class can do it, else one node for all who share a folder.",
            isAdvanced: true,
            defaultValue: "automatic"
        ),
        TargetOption(
            name: "storage-class",
            kind: .text,
            label: "Storage class",
            help: "The class that shared folders are made with; empty for a suitable one of the cluster.",
            isAdvanced: true
        ),
        TargetOption(
            name: "volumes",
            kind: .choice(["keep", "delete"]),
            label: "Volumes when undeploying",
            help: "Shared folders hold people's data; they are deleted only on request.",
            isAdvanced: true,
            defaultValue: "keep"
        ),
    ]

    private static let exposure = [
        TargetOption(
            name: "expose",
            kind: .choice(["nodePort", "loadBalancer", "ingress", "none"]),
            label: "Web pages",
            help: "How web pages of the nodes, or the interface of a single model, are reached from outside.",
            isAdvanced: true,
            defaultValue: "nodePort"
        ),
        TargetOption(
            name: "ingress-class",
            kind: .text,
            label: "Ingress class",
            help: "With expose=ingress: the class of the Ingress; empty for the cluster's default class.",
            isAdvanced: true
        ),
        TargetOption(
            name: "ingress-host",
            kind: .text,
            label: "Ingress host",
            help: "With expose=ingress: the host of the web page; several pages are at <node>.<host>.",
            isAdvanced: true
        ),
        TargetOption(
            name: "find-pages",
            kind: .boolean,
            label: "Look for web pages again",
            help: "Looks for pages that came up late, also where nothing else has changed.",
            isAdvanced: true,
            defaultValue: "false"
        ),
    ]

    private static let containers = [
        TargetOption(
            name: "registry",
            kind: .text,
            label: "Registry",
            help: "The host of a private image registry; makes the pull secret acumos-registry.",
            isAdvanced: true
        ),
        TargetOption(
            name: "registry-user",
            kind: .text,
            label: "Registry user",
            help: "The user that images are pulled as.",
            isAdvanced: true
        ),
        TargetOption(
            name: "registry-password",
            kind: .text,
            label: "Registry password",
            help: "The password or access token of that user.",
            isSecret: true,
            isAdvanced: true
        ),
        TargetOption(
            name: "node-settings",
            kind: .document,
            label: "Settings per node",
            help: "YAML: a node's name (or * for all) with env, cpu, memory, gpu and pullPolicy.",
            isSecret: true,
            isAdvanced: true
        ),
    ]

    private static let conduct = [
        TargetOption(
            name: "timeout",
            kind: .integer(minimum: 10, maximum: 86_400),
            label: "Patience in seconds",
            help: "How long nothing may happen before the wait ends; pulling an image counts as something.",
            isAdvanced: true,
            defaultValue: "600"
        ),
        TargetOption(
            name: "on-failure",
            kind: .choice(["keep", "rollback"]),
            label: "After a failure",
            help: "Keep what was made for inspection, or remove what this run made.",
            isAdvanced: true,
            defaultValue: "keep"
        ),
        TargetOption(
            name: "take-over",
            kind: .boolean,
            label: "Take over changed fields",
            help: "Overwrites fields that somebody else has changed since, instead of refusing.",
            isAdvanced: true,
            defaultValue: "false"
        ),
        TargetOption(
            name: "strict",
            kind: .boolean,
            label: "Strict",
            help: "Refuses to deploy where the cluster has no ready node or no storage class, instead of warning.",
            isAdvanced: true,
            defaultValue: "false"
        ),
    ]
}
