import Files
import DeployerHost
import Passes
import TargetContract

/// How the process ends for an error of ours: 1 for what is refused or failed, 3 for an environment that failed, and 128
/// with the signal's number for an interruption.
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
        case is Refusal, is LimitRefusal, is OptionProblems, is InputError, is NegativeResult,
            is TargetPackageNameError:
            code = Self.refused
        case let error as TargetError:
            let isEnvironment = [.unavailable, .timeout, .invalidSettings].contains(error.code)
            code = isEnvironment ? Self.environment : Self.refused
        case let error as Interrupted: code = 128 + error.signal
        case let error as CatalogueError:
            let isInput = [.unknownSolution, .unknownRevision, .wrongPairing, .accessDenied, .inactive, .notDeployable]
                .contains(error.code)
            code = isInput ? Self.refused : Self.environment
        case let error as HostFailure: code = error.isEnvironment ? Self.environment : Self.refused
        case is ConfigurationProblems, is FileError, is ListenError, is SDKError: code = Self.environment
        default: return nil
        }
    }
}

/// Input that a command cannot use.
struct InputError: Error, CustomStringConvertible {
    let description: String
}

/// An answer that ends a command with 1, although asking for it went well.
struct NegativeResult: Error, CustomStringConvertible {
    let description: String
}
