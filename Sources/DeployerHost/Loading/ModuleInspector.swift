import ContractVersions
import Files
import Secrets

/// Checks the file of a module without running any of its code.
public struct ModuleInspector: Sendable {
    /// What a module must be.
    public let expectations: ModuleExpectations

    /// An inspector that expects this of a module.
    public init(expectations: ModuleExpectations = ModuleExpectations()) { self.expectations = expectations }

    /// Looks at a file as loading would, and keeps what was found.
    /// - Parameter sha256: the digest that the file must have; nil where any is taken.
    public func inspect(_ path: String, sha256: String? = nil) -> ModuleInspection {
        var inspection = ModuleInspection(file: path)
        do {
            _ = try verify(path, sha256: sha256, isDigestNoted: true, noting: &inspection)
        } catch {
            inspection.problems = error.problems
        }
        return inspection
    }

    /// - Parameter isDigestNoted: whether the digest is made even if nobody asked for one; it takes longer than all else.
    /// - Throws: `ModuleRejection` with the problems of the first stage that has any.
    func verify(
        _ path: String,
        sha256: String?,
        isDigestNoted: Bool = false,
        noting inspection: inout ModuleInspection
    ) throws(ModuleRejection) -> VerifiedModule {
        let fileName = String(path.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
        guard ModuleReference.moduleName(ofFile: fileName) != nil else { throw ModuleRejection(.fileName(fileName)) }
        guard !path.utf8.contains(0) else { throw ModuleRejection(.fileName(path)) }
        if let status = FileStatus(at: path) { note(status, &inspection) }
        let file = try ModuleFile(opening: path, expecting: expectations)
        inspection.add(.size, "\(file.size) bytes")
        var found: String?
        let bytes: [UInt8]
        do { bytes = try file.bytes() } catch { throw ModuleRejection(error) }
        if isDigestNoted || sha256 != nil {
            let digest = SHA256(hashing: bytes).hex
            found = digest
            inspection.add(.sha256, digest, expected: sha256?.lowercased())
            if let sha256, sha256.lowercased() != digest {
                throw ModuleRejection(.digest(file.name, found: digest, expected: sha256))
            }
        }
        if isDigestNoted { noteLibraries(in: bytes, &inspection) }
        let (note, descriptor) = try note(in: bytes, of: file.name, noting: &inspection)
        return VerifiedModule(file: file, note: note, descriptor: descriptor, digest: found)
    }

    private func note(_ status: FileStatus, _ inspection: inout ModuleInspection) {
        let owners = expectations.owners.sorted().map(String.init).joined(separator: " or ")
        let isOurs = expectations.owners.contains(status.user)
        inspection.add(.owner, "user \(status.user)", expected: "user \(owners)", isExpected: isOurs)
        let mode = String(status.mode & 0o7777, radix: 8)
        let isSafe = !status.isWritableForOthers
        inspection.add(.mode, "0\(mode)", expected: "not writable for group or others", isExpected: isSafe)
    }

    private func noteLibraries(in bytes: [UInt8], _ inspection: inout ModuleInspection) {
        guard let dynamic = try? ELFDynamic(parsing: bytes) else { return }
        inspection.add(.libraries, dynamic.needed.isEmpty ? "none" : dynamic.needed.joined(separator: ", "))
        inspection.add(.runpath, dynamic.runPath ?? "none")
    }

    private func note(
        in bytes: [UInt8], of file: String, noting inspection: inout ModuleInspection
    ) throws(ModuleRejection) -> (ModuleNote, descriptor: [UInt8]) {
        let image: ELFImage
        do { image = try ELFImage(parsing: bytes) } catch { throw ModuleRejection(.image(file, error)) }
        inspection.add(.machine, image.machine.description, expected: expectations.machine.description)
        guard image.machine == expectations.machine else {
            throw ModuleRejection(.machine(file, found: image.machine, expected: expectations.machine))
        }
        let notes = image.notes.filter { $0.owner == ModuleNote.owner && $0.type == ModuleNote.type }
        guard let descriptor = notes.first?.descriptor else { throw ModuleRejection(.noNote(file)) }
        guard notes.count == 1 else { throw ModuleRejection(.severalNotes(file, count: notes.count)) }
        let note: ModuleNote
        do { note = try ModuleNote(descriptor: descriptor) } catch {
            throw ModuleRejection(.malformedNote(file, error))
        }
        let problems = compare(note, of: file, noting: &inspection)
        guard problems.isEmpty else { throw ModuleRejection(problems) }
        return (note, descriptor)
    }

    private func compare(
        _ note: ModuleNote, of file: String, noting inspection: inout ModuleInspection
    ) -> [ModuleProblem] {
        let contract = expectations.contracts.first { $0.number == note.contract }
        let numbers = expectations.contracts.map { String($0.number) }.joined(separator: " or ")
        inspection.add(.id, note.id)
        inspection.add(.version, note.version)
        inspection.add(.contract, String(note.contract), expected: numbers, isExpected: contract != nil)
        inspection.add(.compiler, note.compiler, expected: expectations.compiler)
        inspection.add(.interface, note.interface, expected: contract?.interface)
        var problems: [ModuleProblem] = []
        if contract == nil {
            problems.append(.contract(file, found: note.contract, expected: expectations.contracts))
        }
        if note.compiler != expectations.compiler {
            problems.append(.compiler(file, found: note.compiler, expected: expectations.compiler))
        }
        if let contract, contract.interface != note.interface {
            problems.append(.interface(file, found: note.interface, expected: contract.interface))
        }
        return problems
    }
}

/// A file that may be opened as a library.
struct VerifiedModule {
    let file: ModuleFile
    let note: ModuleNote
    let descriptor: [UInt8]
    /// SHA-256 of the file, where it was made.
    let digest: String?
}
