import ContractVersions

extension ModuleProblem {
    static func image(_ file: String, _ error: ELFError) -> ModuleProblem {
        switch error {
        case .notELF(let beginning):
            let hex = beginning.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
            return note("\(file) is not an ELF file (it begins with \(hex)), a shared library is expected", again)
        case .otherFormat(let found):
            return note(
                "\(file) is an ELF file of another format (\(found)), 64 bits little-endian are expected", again)
        case .otherType(let type):
            return note("\(file) is an ELF file of type \(type), a shared library (type 3) is expected", again)
        case .cutShort(let what, let end, let size):
            return note("\(file) is cut short (\(size) bytes; \(end) are needed for the \(what))", again)
        case .malformed(let what):
            return note("\(file) is a malformed ELF file (\(what)), a shared library is expected", again)
        }
    }

    static func machine(_ file: String, found: ELFMachine, expected: ELFMachine) -> ModuleProblem {
        note("\(file) is for \(found), this host is \(expected)", "rebuild the module for \(expected)")
    }

    static func noNote(_ file: String) -> ModuleProblem {
        note(
            "\(file) is not a target module (section \(ModuleNote.section) missing)",
            "build it with the plugin TargetNotes, or remove it from the configuration"
        )
    }

    static func severalNotes(_ file: String, count: Int) -> ModuleProblem {
        note("\(file) has \(count) notes of a target module, one is expected", "link one target into the module")
    }

    static func malformedNote(_ file: String, _ error: ModuleNoteError) -> ModuleProblem {
        note("\(file) has a malformed note (field \(error.field) \(error.reason))", rebuild)
    }

    static func contract(_ file: String, found: UInt32, expected: [ContractVersion]) -> ModuleProblem {
        let versions = expected.map { String($0.number) }.joined(separator: " or ")
        return note("\(file) was built for contract \(found), this host needs \(versions)", rebuild)
    }

    static func compiler(_ file: String, found: String, expected: String) -> ModuleProblem {
        note("\(file) was built with Swift \(found), this host with \(expected)", "rebuild it with the host's compiler")
    }

    static func interface(_ file: String, found: String, expected: String) -> ModuleProblem {
        note(
            "\(file) was built against another contract interface "
                + "(found \(found.prefix(12))…, expected \(expected.prefix(12))…)",
            rebuild
        )
    }

    private static let again = "install the module again"
    private static let rebuild = "rebuild it with the SDK of this host"

    private static func note(_ finding: String, _ remedy: String) -> ModuleProblem {
        ModuleProblem(.note, "\(finding): \(remedy)")
    }
}
