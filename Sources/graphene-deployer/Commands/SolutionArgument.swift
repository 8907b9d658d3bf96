import ArgumentParser
import Blueprints

/// `SOLUTIONID/REVISIONID` on the command line.
struct SolutionArgument: ExpressibleByArgument {
    let reference: SolutionReference

    init?(argument: String) {
        guard let reference = SolutionReference(argument) else { return nil }
        self.reference = reference
    }
}
