internal import Secrets

/// A key of the configuration that a running host keeps as it was at its start.
struct RestartKey {
    /// As it is written in the file.
    let name: String
    private let isEqual: (Configuration, Configuration) -> Bool
    private let copy: (_ source: Configuration, _ destination: inout Configuration) -> Void

    private init<Value>(
        _ name: String, _ path: WritableKeyPath<Configuration, Value>, _ isEqual: @escaping (Value, Value) -> Bool
    ) {
        self.name = name
        self.isEqual = { isEqual($0[keyPath: path], $1[keyPath: path]) }
        copy = { $1[keyPath: path] = $0[keyPath: path] }
    }

    private init<Value: Equatable>(_ name: String, _ path: WritableKeyPath<Configuration, Value>) {
        self.init(name, path) { $0 == $1 }
    }

    /// All of them.
    static var all: [RestartKey] {
        [
            RestartKey("listen.host", \.listen.host), RestartKey("listen.port", \.listen.port),
            RestartKey("listen.idleTimeout", \.listen.idleTimeout), RestartKey("publicPrefix", \.publicPrefix),
            RestartKey("publicOrigin", \.publicOrigin), RestartKey("proxies.trusted", \.trustedProxies),
            RestartKey("portal", \.portal), RestartKey("documentation", \.documentation),
            RestartKey("metrics", \.metrics), RestartKey("log.format", \.log.format),
            RestartKey("state", \.stateFolder),
            RestartKey("jwt.key", \.jwt.key) { one, other in one.isSame(as: other) { $0.isEqual(to: $1) } },
            RestartKey("cookie.secure", \.cookie.secure),
            RestartKey("catalogue.directory", \.catalogue.directory),
            RestartKey("catalogue.cds", \.catalogue.cds) { one, other in one.isSame(as: other, by: ==) },
            RestartKey("catalogue.nexus", \.catalogue.nexus) { one, other in one.isSame(as: other, by: ==) },
            RestartKey("catalogue.accessCheck", \.catalogue.accessCheck),
            RestartKey("catalogue.report", \.catalogue.report),
            RestartKey("catalogue.connectTimeout", \.catalogue.connectTimeout),
            RestartKey("catalogue.requestTimeout", \.catalogue.requestTimeout),
            RestartKey("network.allow", \.network.allow), RestartKey("watch", \.watch),
        ]
    }

    /// The names of the keys in which two configurations differ.
    static func changes(from running: Configuration, to wanted: Configuration) -> [String] {
        all.filter { !$0.isEqual(running, wanted) }.map(\.name)
    }

    /// The wanted configuration as far as a running host can take it over.
    static func reachable(from running: Configuration, to wanted: Configuration) -> Configuration {
        var result = wanted
        for key in all { key.copy(running, &result) }
        return result
    }
}

extension Configuration.Service {
    fileprivate static func == (one: Self, other: Self) -> Bool {
        one.url == other.url && one.user == other.user && one.password.isEqual(to: other.password)
    }
}

extension Optional {
    /// Whether both are nil, or there are two values that are the same.
    fileprivate func isSame(as other: Wrapped?, by isEqual: (Wrapped, Wrapped) -> Bool) -> Bool {
        switch (self, other) {
        case (nil, nil): true
        case (let one?, let other?): isEqual(one, other)
        default: false
        }
    }
}
