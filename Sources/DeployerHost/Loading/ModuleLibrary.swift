import ContractVersions
import Glibc
import TargetContract

/// The opened shared library of a module. It is never closed: the Swift runtime keeps addresses of its metadata.
struct ModuleLibrary {
    static let entrySymbol = "graphene_target_entry_v1"

    private let handle: UnsafeMutableRawPointer
    private let module: VerifiedModule
    private var file: String { module.file.name }

    /// Opens the file by its path, not through `/proc/self/fd`: crash reports then name the module, and libraries
    /// beside it are found. That it is still the file which was checked is asked before, when no code has run, and
    /// after.
    /// - Throws: `ModuleProblem` of the stage `library`.
    init(opening module: VerifiedModule) throws(ModuleProblem) {
        guard module.file.isUnchanged else { throw .exchanged(module.file.name) }
        dlerror()
        let flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE | RTLD_DEEPBIND
        guard let handle = dlopen(module.file.resolvedPath, flags) else {
            let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
            throw .library(module.file.name, reason: reason)
        }
        guard module.file.isUnchanged else { throw .exchanged(module.file.name) }
        self.handle = handle
        self.module = module
    }

    /// Calls the entry point and compares what it returns with the note of the file.
    /// - Throws: `ModuleRejection` with all fields that differ.
    func entry() throws(ModuleRejection) -> TargetEntryRecord {
        guard let symbol = dlsym(handle, Self.entrySymbol) else { throw ModuleRejection(.noEntry(file)) }
        let function = unsafeBitCast(symbol, to: (@convention(c) () -> UnsafeRawPointer?).self)
        guard let pointer = function() else { throw ModuleRejection(.entry(file, nil)) }
        let record: TargetEntryRecord
        do {
            record = try TargetEntryRecord(reading: pointer, noteLength: module.descriptor.count)
        } catch {
            throw ModuleRejection(.entry(file, error))
        }
        let problems = try differences(from: record.note)
        guard problems.isEmpty else { throw ModuleRejection(problems) }
        return record
    }

    private func differences(from descriptor: [UInt8]) throws(ModuleRejection) -> [ModuleProblem] {
        let entry: ModuleNote
        do {
            entry = try ModuleNote(descriptor: descriptor)
        } catch {
            throw ModuleRejection(.malformedEntryNote(file, error))
        }
        let fields: [(String, KeyPath<ModuleNote, String>)] = [
            ("compiler", \.compiler), ("interface", \.interface), ("id", \.id), ("version", \.version),
        ]
        var problems: [ModuleProblem] = []
        if entry.contract != module.note.contract {
            let found = (entry: String(entry.contract), note: String(module.note.contract))
            problems.append(.disagreement(file, field: "contract", entry: found.entry, note: found.note))
        }
        for (name, field) in fields where entry[keyPath: field] != module.note[keyPath: field] {
            problems.append(
                .disagreement(file, field: name, entry: entry[keyPath: field], note: module.note[keyPath: field])
            )
        }
        return problems
    }
}
