import Dispatch
import Logging
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import DeployerHost

@Suite("Reading the configuration again", .timeLimit(.minutes(1)))
struct ConfigurationReloaderTests {
    /// Gives another configuration each time; the first one takes until another is read, or a second.
    private final class Readings: Sendable {
        private let begun = Mutex(0)
        private let second = DispatchSemaphore(value: 0)
        let begin: AsyncStream<Void>.Continuation
        /// Whether one was read while another one was.
        let areMixed = Mutex(false)

        init(_ begin: AsyncStream<Void>.Continuation) { self.begin = begin }

        func read() -> Configuration {
            let number = begun.withLock { begun in
                begun += 1
                return begun
            }
            begin.yield()
            if number == 1 {
                let isAlone = second.wait(timeout: .now() + 1) == .timedOut
                areMixed.withLock { $0 = !isAlone }
            } else {
                second.signal()
            }
            return ConfigurationReloaderTests.configuration(image: "image:\(number)")
        }
    }

    private static func configuration(image: String) -> Configuration {
        var configuration = Configuration()
        configuration.jwt.key = SecretBytes(PortalToken.key)
        configuration.catalogue.directory = Repository.samples.path
        configuration.targets = []
        configuration.orchestratorImage = image
        return configuration
    }

    @Test("is done one time after the other, so that the newest stays")
    func serial() async throws {
        let deployer = try Deployer(configuration: Self.configuration(image: "image:0")) { _, _ in }
        let live = LiveDeployer(deployer)
        let logger = Logger(label: "test")
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let readings = Readings(begin)
        let source = ConfigurationSource(
            file: nil, signal: await ReloadSignal(), logThreshold: LogThreshold(.info)
        ) { readings.read() }
        let reloader = ConfigurationReloader(
            live: live,
            source: source,
            engine: DeploymentEngine(live: live, store: try SQLiteStore(folder: nil), logger: logger) { 0 },
            metrics: HostMetrics(version: "test"),
            logger: logger
        ) { 0 }
        async let first: Void = reloader.reload()
        var begins = begun.makeAsyncIterator()
        await begins.next()
        await reloader.reload()
        #expect(live.current.configuration.orchestratorImage == "image:2")
        await first
        #expect(live.current.configuration.orchestratorImage == "image:2")
        #expect(!readings.areMixed.withLock { $0 })
    }
}
