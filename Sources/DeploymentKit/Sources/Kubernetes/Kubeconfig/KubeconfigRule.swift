/// Why a field of a kubeconfig is refused, and what to do instead.
struct KubeconfigRule {
    let why: String
    let remedy: String

    static let unknown = KubeconfigRule(
        why: "this field is not known here, and unknown fields are not passed over",
        remedy: "Remove it if the cluster can be reached without it"
    )

    /// For objects that a kubeconfig's own format describes and that hold nothing but accepted fields.
    static let none: [String: KubeconfigRule] = [:]

    static let cluster: [String: KubeconfigRule] = [
        "certificate-authority": path,
        "insecure-skip-tls-verify": KubeconfigRule(
            why: "TLS verification can't be switched off",
            remedy: "Remove it and give the cluster's certificate-authority-data"
        ),
        "proxy-url": KubeconfigRule(
            why: "a proxy could read and change everything that is sent to the cluster",
            remedy: "Remove it and give an API address that can be reached directly"
        ),
    ]

    static let user: [String: KubeconfigRule] = [
        "client-certificate": path,
        "client-key": path,
        "tokenFile": path,
        "exec": program(
            "Download the kubeconfig without --use-keystone, give one with a client certificate or a token,"
                + " or let an application credential fetch it"
        ),
        "auth-provider": program("Give a kubeconfig with a client certificate or a token"),
        "username": password,
        "password": password,
        "as": impersonation,
        "as-uid": impersonation,
        "as-groups": impersonation,
        "as-user-extra": impersonation,
    ]

    private static let path = KubeconfigRule(
        why: "this names a file of your own machine, which the server does not have",
        remedy: "Put the content inline: kubectl config view --minify --flatten --raw"
    )
    private static let password = KubeconfigRule(
        why: "Kubernetes has no sign-in by password since version 1.19",
        remedy: "Give a kubeconfig with a client certificate or a token"
    )
    private static let impersonation = KubeconfigRule(
        why: "acting as another user is not supported",
        remedy: "Give the kubeconfig of the user that is to deploy"
    )

    private static func program(_ remedy: String) -> KubeconfigRule {
        KubeconfigRule(why: "this would run a program to sign in, and programs are never run", remedy: remedy)
    }
}
