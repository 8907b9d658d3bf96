internal import Files
internal import Documents
internal import FoundationEssentials
internal import Secrets
internal import TargetContract

/// Reads `deployer.yaml` and the environment.
public enum ConfigurationLoader {
    /// The configuration of a host.
    /// - Parameters:
    ///   - file: a YAML file; nil for the built-in defaults.
    ///   - environment: variables that override the file; nil for those of the process.
    /// - Throws: `ConfigurationProblems` with everything that is wrong, each with file, line, column and key.
    public static func load(
        file: String?,
        environment: [String: String]? = nil
    ) throws(ConfigurationProblems) -> Configuration {
        let (text, digest) = try read(file)
        guard text.map(\.value).map({ $0.isNull || $0.object != nil }) ?? true else {
            throw ConfigurationProblems(problems: [
                ConfigurationProblem(key: "", text: "must be an object", origin: file)
            ])
        }
        let (document, variables) = EnvironmentOverrides.apply(
            environment ?? ProcessInfo.processInfo.environment,
            to: text?.value ?? .object(DocumentObject())
        )
        let origin = { @Sendable (path: DocumentPath) in variables[path] ?? place(of: path, file: file, text: text) }
        let problems = ProblemList()
        let reader = SectionReader(document.object ?? DocumentObject(), path: DocumentPath()) { problem in
            var problem = problem
            problem.origin = origin(problem.path)
            problems.append(problem)
        }
        var configuration = ConfigurationReader(root: reader, folder: folder(of: file)).read()
        configuration.origin = origin
        configuration.fileDigest = digest
        guard problems.all.isEmpty else { throw ConfigurationProblems(problems: problems.all) }
        return configuration
    }

    private static func read(_ file: String?) throws(ConfigurationProblems) -> (text: YAMLText?, digest: String?) {
        guard let file else { return (nil, nil) }
        do {
            let bytes = try FileReader.read(file, limit: 256 << 10)
            return (try YAMLText(yaml: bytes), SHA256(hashing: bytes).hex)
        } catch let error as DocumentError {
            let place = error.position.map { "\(file):\($0.line):\($0.column)" } ?? file
            throw ConfigurationProblems(problems: [ConfigurationProblem(key: "", text: error.reason, origin: place)])
        } catch {
            throw ConfigurationProblems(problems: [ConfigurationProblem(key: "", text: "\(error)")])
        }
    }

    /// A key that is not there has the place of its section, and only the file where the section is not there either.
    private static func place(of path: DocumentPath, file: String?, text: YAMLText?) -> String? {
        guard let file, let text, let first = path.steps.first, text.value[DocumentPath([first])] != nil,
            let position = text.position(of: path)
        else {
            return file
        }
        return "\(file):\(position.line):\(position.column)"
    }

    private static func folder(of file: String?) -> String {
        guard let file, let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }
}

/// Collects problems from the readers of the sections.
private final class ProblemList {
    private(set) var all: [ConfigurationProblem] = []
    func append(_ problem: ConfigurationProblem) { all.append(problem) }
}
