import Blueprints
import DeployerHost
import Files
import Glibc
import TargetContract

/// Deploys one solution into many namespaces at once, all in this process, prints how many run, and stays until its
/// input ends, so that whoever measures it finds it.
///
///     concurrency-benchmark CONFIGURATION KUBECONFIG SOLUTIONID/REVISIONID NAMESPACE...
@main
enum Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        let ids = arguments.dropFirst(2).first?.split(separator: "/").map(String.init) ?? []
        guard let configuration = arguments.first, ids.count == 2,
            let reference = SolutionReference(solutionID: ids[0], revisionID: ids[1])
        else { throw Usage() }
        let kubeconfig = try FileReader.read(arguments[2], limit: 256 << 10)
        let deployer = try Deployer(configuration: ConfigurationLoader.load(file: configuration)) { _, _ in }
        let failures = await withTaskGroup(of: String?.self) { group in
            for namespace in arguments.dropFirst(3) {
                let options = ["kubeconfig": String(decoding: kubeconfig, as: UTF8.self), "namespace": namespace]
                group.addTask { await failure(of: deployer, reference, options) }
            }
            var failures: [String] = []
            for await case let failure? in group { failures.append(failure) }
            return failures
        }
        print(failures.isEmpty ? "running" : failures.joined(separator: "; "))
        // A pipe is written to in blocks.
        fflush(nil)
        while readLine() != nil {}
    }

    /// Why a deployment does not run; nil if it does.
    private static func failure(
        of deployer: Deployer,
        _ reference: SolutionReference,
        _ options: [String: String]
    ) async -> String? {
        do {
            _ = try await deployer.deploy(reference, targetID: "creodias", options: options) { _ in }
            return nil
        } catch {
            return "\(error)"
        }
    }
}

/// The arguments are not those that the program takes.
struct Usage: Error {}
