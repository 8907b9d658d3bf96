internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Takes over the configuration on SIGHUP, and when its file has changed where that is watched.
struct ReloadService: Service {
    private let reloader: ConfigurationReloader
    private let watch: ConfigurationWatch?
    private let signals: UnixSignalsSequence

    /// From here on SIGHUP does not end the process.
    /// - Parameter file: the file that is watched; nil for none.
    init(reloader: ConfigurationReloader, watching file: String?, logger: Logger) async {
        self.reloader = reloader
        watch = file.map { ConfigurationWatch(file: $0, logger: logger) }
        signals = await UnixSignalsSequence(trapping: .sighup)
    }

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in signals.cancelOnGracefulShutdown() { await reloader.reload() }
            }
            if let watch {
                group.addTask {
                    await cancelWhenGracefulShutdown { await watch.run { await reloader.reload() } }
                }
            }
        }
    }
}
