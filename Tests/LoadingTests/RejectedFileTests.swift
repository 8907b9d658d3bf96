import DeployerHost
import Foundation
import Glibc
import TargetContract
import Testing

@Suite struct RejectedFileTests {
    static let cases = [
        RejectedCase(
            "a missing file", .file,
            "libSubject.so is not in <folder>, <folder>/targets: put it there, or add its folder "
                + "to the configured module folders"
        ) { _ in },
        RejectedCase(
            "a directory", .file,
            "libSubject.so is a directory, a regular file is expected: put the shared library in its place"
        ) {
            try FileManager.default.createDirectory(
                atPath: $0.path + "/libSubject.so", withIntermediateDirectories: true)
        },
        RejectedCase(
            "a FIFO", .file, "libSubject.so is a FIFO, a regular file is expected: put the shared library in its place"
        ) { mkfifo($0.path + "/libSubject.so", 0o644) },
        RejectedCase(
            "a link to nothing", .file,
            "libSubject.so cannot be read (No such file or directory): check the path and the rights of the "
                + "service user"
        ) { symlink("nothing.so", $0.path + "/libSubject.so") },
        RejectedCase(
            "a link to a device", .file,
            "libSubject.so is a character device, a regular file is expected: put the shared library in its place"
        ) { symlink("/dev/zero", $0.path + "/libSubject.so") },
        RejectedCase(
            "a file that others may write", .file,
            "libSubject.so is writable for others, only its owner may: run chmod go-w '<folder>/libSubject.so'"
        ) {
            try $0.add("WellBehaved", as: "Subject")
            try $0.setMode(0o646, of: "libSubject.so")
        },
        RejectedCase(
            "a file and a folder that the group may write", .file,
            "libSubject.so is writable for the group, only its owner may: run chmod go-w '<folder>/libSubject.so'; "
                + "libSubject.so is in a folder that is writable for the group and others, only its owner may: "
                + "run chmod go-w '<folder>'"
        ) {
            try $0.add("WellBehaved", as: "Subject")
            try $0.setMode(0o664, of: "libSubject.so")
            try $0.setMode(0o777, of: "")
        },
        RejectedCase(
            "an empty file", .file,
            "libSubject.so is empty, a shared library is expected: install the module again"
        ) { try $0.write([], as: "Subject") },
        RejectedCase(
            "a file of 256 MiB and a byte", .file,
            "libSubject.so has 268435457 bytes, at most 268435456 are allowed: install a smaller build"
        ) {
            try $0.write([], as: "Subject")
            truncate($0.path + "/libSubject.so", 268_435_457)
        },
        RejectedCase(
            "a file with another digest", .digest,
            "libSubject.so has the SHA-256 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824, the "
                + "configuration asks for 00: install the file that was meant, or correct sha256 in the configuration",
            sha256: "00"
        ) { try $0.write("hello".utf8, as: "Subject") },
        RejectedCase(
            "a text file", .note,
            "libSubject.so is not an ELF file (it begins with 68 65 6c 6c), a shared library is expected: install the "
                + "module again"
        ) { try $0.write("hello".utf8, as: "Subject") },
        RejectedCase(
            "a file cut within its header", .note,
            "libSubject.so is cut short (40 bytes; 64 are needed for the ELF header): install the module again"
        ) { try $0.write(ModuleFolder.bytes(of: "WellBehaved").prefix(40), as: "Subject") },
        RejectedCase(
            "a module for another machine", .note,
            "libSubject.so is for \(other), this host is \(ELFMachine.host): rebuild the module for \(ELFMachine.host)"
        ) {
            var bytes = try ModuleFolder.bytes(of: "WellBehaved")
            bytes[18] = UInt8(other.rawValue)
            try $0.write(bytes, as: "Subject")
        },
    ]

    private static let other: ELFMachine = ELFMachine.host == .x86_64 ? .aarch64 : .x86_64

    @Test(arguments: cases)
    func `is refused with its own sentence, and the rest is loaded`(_ subject: RejectedCase) throws {
        try expectRejection(of: subject)
    }

    @Test func `a module cut at its end is refused`() throws {
        let folder = try ModuleFolder()
        let bytes = try ModuleFolder.bytes(of: "WellBehaved")
        try folder.write(bytes.dropLast(), as: "Subject")
        let rejected = try #require(folder.loader().load([ModuleReference(module: "Subject")]).rejected.first)
        let sizes = "\(bytes.count - 1) bytes; \(bytes.count) are needed for the section headers"
        #expect(rejected.sentence == "libSubject.so is cut short (\(sizes)): install the module again")
    }

    @Test(arguments: [
        ("../x", "\"../x\""), ("a/b", "\"a/b\""), ("x\0y", "\"x\\0y\""), ("", "\"\""), ("1x", "\"1x\""), ("ä", "\"ä\""),
    ])
    func `a name that is no module name never becomes a path`(name: String, printed: String) throws {
        let modules = try ModuleFolder().loader().load([ModuleReference(module: name)])
        let rejected = try #require(modules.rejected.first)
        #expect(rejected.file == nil)
        #expect(
            rejected.sentence
                == "the module name \(printed) is not allowed, only letters, digits and _ after a letter are: "
                + "write for instance LocalYAML for libLocalYAML.so"
        )
    }

    @Test func `files and folders of strangers are refused`() throws {
        let folder = try ModuleFolder()
        try folder.add("WellBehaved")
        var expectations = ModuleExpectations()
        expectations.owners = [54321]
        let modules = folder.loader(expecting: expectations).load([ModuleReference(module: "WellBehaved")])
        let file = folder.path + "/libWellBehaved.so"
        let user = geteuid()
        #expect(
            modules.rejected.first?.problems.map(\.sentence) == [
                "libWellBehaved.so belongs to user \(user), user 54321 is expected: run chown root '\(file)'",
                "libWellBehaved.so is in a folder that belongs to user \(user), user 54321 is expected: "
                    + "run chown root '\(folder.path)'",
            ]
        )
    }

    @Test func `a link to a good file is followed, unless others may write beside the link`() throws {
        let store = try ModuleFolder()
        try store.add("WellBehaved", as: "Stored")
        let folder = try ModuleFolder()
        symlink(store.path + "/libStored.so", folder.path + "/libSubject.so")
        let path = folder.path + "/libSubject.so"
        #expect(ModuleInspector().inspect(path).problems.isEmpty)
        try folder.setMode(0o757, of: "")
        #expect(ModuleInspector().inspect(path).problems.map(\.stage) == [.file])
    }
}
