internal import Logging
internal import ServiceLifecycle

/// Takes over the configuration on SIGHUP, and when its file has changed where that is watched.
struct ReloadService: Service {
    private let reloader: ConfigurationReloader
    private let watch: ConfigurationWatch?
    private let signal: ReloadSignal

    /// - Parameters:
    ///   - file: the file that is watched; nil for none.
    ///   - digest: the SHA-256 of what was read of it.
    init(
        reloader: ConfigurationReloader, signal: ReloadSignal, watching file: String?, since digest: String?,
        logger: Logger
    ) {
        self.reloader = reloader
        self.signal = signal
        watch = file.map { ConfigurationWatch(file: $0, read: digest, logger: logger) }
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in signal.signals.cancelOnGracefulShutdown() { await reloader.reload() }
            }
            if let watch {
                group.addTask {
                    await cancelWhenGracefulShutdown { await watch.run { await reloader.reload() } }
                }
            }
        }
    }
}
