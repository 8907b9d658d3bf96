internal import Documents

/// The pod in which a node runs. Pure.
enum ReadyPod {
    /// The newest pod with that label `app` that is ready and not about to go; nil if there is none.
    static func find(among pods: [Document], app: String) -> Document? {
        pods.filter { pod in
            pod["metadata"]?["labels"]?["app"]?.string == app && pod["metadata"]?["deletionTimestamp"] == nil
                && (pod["status"]?["conditions"]?.array ?? []).contains {
                    $0["type"]?.string == "Ready" && $0["status"]?.string == "True"
                }
        }
        .max { created($0) < created($1) }
    }

    static func name(among pods: [Document], app: String) -> String? {
        find(among: pods, app: app)?["metadata"]?["name"]?.string
    }

    private static func created(_ pod: Document) -> String { pod["metadata"]?["creationTimestamp"]?.string ?? "" }
}
