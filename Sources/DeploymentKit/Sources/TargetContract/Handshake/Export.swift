internal import ContractVersions

/// Makes the entry of a target module out of its target and its note, which the build writes.
///
/// ```swift
/// @c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer { export(LocalYAMLTarget.self, note: note) }
/// ```
///
/// A module built with this kit supports the one contract version that its note names. The memory stays for the life
/// of the process, as modules do.
public func export<Note: BitwiseCopyable>(_ target: any DeploymentTarget.Type, note: Note) -> UnsafeRawPointer {
    let record = withUnsafeBytes(of: note) { Array($0) }
    let descriptor = Array(record.dropFirst(ModuleNote.headerLength))
    let contract =
        descriptor.count < 8 ? 0 : descriptor.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self) }
    let noteBytes = UnsafeMutableRawBufferPointer.allocate(byteCount: descriptor.count, alignment: 4)
    noteBytes.copyBytes(from: descriptor)

    let entry = UnsafeMutableRawPointer.allocate(byteCount: EntryLayout.length, alignment: 8)
    entry.storeBytes(of: UInt64(EntryLayout.length), as: UInt64.self)
    entry.storeBytes(of: contract, toByteOffset: EntryLayout.lowest, as: UInt32.self)
    entry.storeBytes(of: contract, toByteOffset: EntryLayout.highest, as: UInt32.self)
    let noteAddress = noteBytes.baseAddress.map(UInt.init(bitPattern:)) ?? 0
    entry.storeBytes(of: noteAddress, toByteOffset: EntryLayout.note, as: UInt.self)
    entry.storeBytes(of: UInt64(descriptor.count), toByteOffset: EntryLayout.noteLength, as: UInt64.self)
    let factory = Unmanaged.passRetained(TargetFactory(target)).toOpaque()
    entry.storeBytes(of: UInt(bitPattern: factory), toByteOffset: EntryLayout.factory, as: UInt.self)
    return UnsafeRawPointer(entry)
}
