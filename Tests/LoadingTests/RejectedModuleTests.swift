import ContractVersions
import DeployerHost
import Glibc
import TargetContract
import Testing

@Suite struct RejectedModuleTests {
    static let cases = [
        RejectedCase(
            "no note", .note,
            "libSubject.so is not a target module (section .note.graphene-target missing): build it with the plugin "
                + "TargetNotes, or remove it from the configuration",
            module: "MissingNote"
        ),
        RejectedCase(
            "another contract version", .note,
            "libSubject.so was built for contract 42, this host needs 1: rebuild it with the SDK of this host",
            module: "OtherContract"
        ),
        RejectedCase(
            "another compiler", .note,
            "libSubject.so was built with Swift 6.2.1 (swift-6.2.1-RELEASE), this host with <host>: rebuild it with "
                + "the host's compiler",
            module: "OtherCompiler"
        ),
        RejectedCase(
            "another interface", .note,
            "libSubject.so was built against another contract interface (found abababababab…, expected "
                + "\(ContractVersion.current.interface.prefix(12))…): rebuild it with the SDK of this host",
            module: "OtherInterface"
        ),
        RejectedCase(
            "an undefined symbol", .library,
            "libSubject.so lacks the symbol removed_from_the_kit: link what defines it, or rebuild it with the SDK of "
                + "this host",
            module: "MissingSymbol"
        ),
        RejectedCase(
            "no entry point", .entry,
            "libSubject.so has no entry point graphene_target_entry_v1: add the line with "
                + "@c(graphene_target_entry_v1) to the module",
            module: "MissingEntry"
        ),
        RejectedCase(
            "an entry that returns nothing", .entry,
            "the entry of libSubject.so is a null pointer, a struct is expected: rebuild it with the SDK of this host",
            module: "NullEntry"
        ),
        RejectedCase(
            "a struct of another length", .entry,
            "the entry of libSubject.so has 24 bytes, 40 are expected: rebuild it with the SDK of this host",
            module: "OtherLength"
        ),
        RejectedCase(
            "an entry without factory", .entry,
            "the entry of libSubject.so has no factory, one is expected: rebuild it with the SDK of this host",
            module: "MissingFactory"
        ),
        RejectedCase(
            "an entry that contradicts the note", .entry,
            "the entry of libSubject.so has the compiler 6.2.1 (swift-6.2.1-RELEASE), the note of the file <host>: "
                + "rebuild it with the SDK of this host; the entry of libSubject.so has the id somebody-else, the note "
                + "of the file disagreeing-entry: rebuild it with the SDK of this host",
            module: "DisagreeingEntry"
        ),
        RejectedCase(
            "no contract in common", .contract,
            "libSubject.so supports contracts 42 to 43, this host needs 1: rebuild it with the SDK of this host",
            module: "UncommonContract"
        ),
        RejectedCase(
            "a manifest against the rules", .manifest,
            "the manifest of libSubject.so has the id \"Bad_Manifest\", a DNS-1035 label is expected: choose "
                + "lower-case letters, digits and dashes; the manifest of libSubject.so has an option \"node count\", a "
                + "name of lower-case letters, digits and dashes is expected: rename it; the manifest of libSubject.so "
                + "has an option \"size\" whose default cannot be used (must be an amount such as 500Mi, 1Gi or 2): "
                + "correct the default; the manifest of libSubject.so has the option \"size\" twice: rename one of "
                + "them; the manifest of libSubject.so has an option \"age\" about the user that is no text: make it "
                + "one; the manifest of libSubject.so has the id \"Bad_Manifest\", the note \"bad-manifest\": write the "
                + "same id in target.note; the manifest of libSubject.so has the version \"2.0.0\", the note "
                + "\"1.0.0\": write the same in target.note; the manifest of libSubject.so has an option \"age\" that "
                + "asks for the user's \"age\": ask for one of email, user-id, name",
            module: "BadManifest"
        ),
        RejectedCase(
            "an initialiser that throws a TargetError", .start,
            "libSubject.so could not start (The server cannot be reached: connection refused): Correct settings.server",
            module: "FailingStart"
        ),
    ]

    @Test(arguments: cases)
    func `is refused with its own sentence, and the rest is loaded`(_ subject: RejectedCase) throws {
        try expectRejection(of: subject)
    }

    @Test func `the second module with an id is refused`() throws {
        let folder = try ModuleFolder()
        try folder.add("WellBehaved")
        try folder.add("SecondWellBehaved")
        let modules = folder.loader().load([
            ModuleReference(module: "WellBehaved"), ModuleReference(module: "SecondWellBehaved"),
        ])
        #expect(modules.targets.map(\.module) == ["WellBehaved"])
        #expect(modules.missing.isEmpty)
        #expect(
            modules.rejected.map(\.sentence) == [
                "libSecondWellBehaved.so has the id well-behaved, which libWellBehaved.so already has: "
                    + "remove one of them from the configuration"
            ]
        )
    }

    @Test func `verification does not run a module, loading does`() throws {
        let folder = try ModuleFolder()
        try folder.add("Eager")
        let marker = folder.path + "/marker"
        setenv("GRAPHENE_TEST_MARKER", marker, 1)
        defer { unsetenv("GRAPHENE_TEST_MARKER") }
        let inspection = ModuleInspector().inspect(folder.path + "/libEager.so")
        #expect(inspection.isAcceptable)
        #expect(access(marker, F_OK) != 0)
        #expect(folder.loader().load([ModuleReference(module: "Eager")]).rejected.map(\.stage) == [.entry])
        #expect(access(marker, F_OK) == 0)
    }
}
