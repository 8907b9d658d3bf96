import ContractVersions
import TargetContract

extension ModuleProblem {
    static func replaced(_ file: String) -> ModuleProblem {
        ModuleProblem(
            .library, "\(file) is another file than the one that this process has opened: restart the host to load it")
    }

    /// - Parameter cause: what became of the process, to go on after the file's name and a comma.
    static func worker(_ file: String, _ cause: String) -> ModuleProblem {
        ModuleProblem(
            .library, "\(file) broke down in its process while it was loaded (\(cause)): tell the author of the module")
    }

    static func exchanged(_ file: String) -> ModuleProblem {
        ModuleProblem(.library, "\(file) was exchanged while it was checked, the same file is expected: start again")
    }

    /// - Parameter reason: what `dlerror` said.
    static func library(_ file: String, reason: String) -> ModuleProblem {
        let marker = "undefined symbol: "
        let parts = reason.split(separator: marker, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return ModuleProblem(
                .library, "\(file) cannot be opened (\(reason)): install what it needs, or build it again"
            )
        }
        let symbol = parts[1].prefix { $0 != " " && $0 != "," && $0 != "\t" }
        return ModuleProblem(
            .library,
            "\(file) lacks the symbol \(symbol): link what defines it, or rebuild it with the SDK of this host"
        )
    }

    static func noEntry(_ file: String) -> ModuleProblem {
        ModuleProblem(
            .entry,
            "\(file) has no entry point \(ModuleLibrary.entrySymbol): "
                + "add the line with @c(\(ModuleLibrary.entrySymbol)) to the module"
        )
    }

    static func entry(_ file: String, _ error: TargetEntryError?) -> ModuleProblem {
        let finding =
            switch error {
            case .length(let found, let expected): "has \(found) bytes, \(expected) are expected"
            case .contracts(let lowest, let highest): "supports contracts \(lowest) to \(highest), a range is expected"
            case .noteLength(let found, let expected): "has a note of \(found) bytes, its file one of \(expected)"
            case .noNote: "has no note, that of its file is expected"
            case .noFactory: "has no factory, one is expected"
            case nil: "is a null pointer, a struct is expected"
            }
        return ModuleProblem(.entry, "the entry of \(file) \(finding): rebuild it with the SDK of this host")
    }

    static func disagreement(_ file: String, field: String, entry: String, note: String) -> ModuleProblem {
        ModuleProblem(
            .entry,
            "the entry of \(file) has the \(field) \(entry), the note of the file \(note): rebuild it with the SDK "
                + "of this host"
        )
    }

    static func malformedEntryNote(_ file: String, _ error: ModuleNoteError) -> ModuleProblem {
        ModuleProblem(
            .entry,
            "the entry of \(file) has a malformed note (field \(error.field) \(error.reason)): rebuild it with the SDK "
                + "of this host"
        )
    }

    static func noCommonContract(_ file: String, supported: ClosedRange<UInt32>, host: [UInt32]) -> ModuleProblem {
        let module =
            supported.count == 1
            ? "contract \(supported.lowerBound)" : "contracts \(supported.lowerBound) to \(supported.upperBound)"
        return ModuleProblem(
            .contract,
            "\(file) supports \(module), this host needs \(host.map(String.init).joined(separator: " or ")): "
                + "rebuild it with the SDK of this host"
        )
    }
}
