import Files
import DeployerHost
import Passes
import TargetContract

/// How the process ends for an error of ours: 1 for input that is refused and deployments that fail, 3 for an
/// environment that failed.
struct ExitStatus {
    static let refused: Int32 = 1
    static let usage: Int32 = 2
    static let environment: Int32 = 3

    let code: Int32
    let message: String

    /// Nil for errors of the argument parser.
    init?(of error: any Error) {
        message = "\(error)"
        switch error {
        case is Refusal, is OptionProblems, is InputError: code = Self.refused
        case let error as TargetError:
            let isInput = [.invalidOption, .unsupported, .conflict, .failed].contains(error.code)
            code = isInput ? Self.refused : Self.environment
        case let error as CatalogueError:
            let isInput = [.unknownSolution, .unknownRevision, .wrongPairing, .accessDenied, .inactive, .notDeployable]
                .contains(error.code)
            code = isInput ? Self.refused : Self.environment
        case is ConfigurationProblems, is FileError, is ListenError: code = Self.environment
        default: return nil
        }
    }
}

/// Input that a command cannot use.
struct InputError: Error, CustomStringConvertible {
    let description: String
}
