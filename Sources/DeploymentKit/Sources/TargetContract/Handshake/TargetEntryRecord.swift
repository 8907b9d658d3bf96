/// What the entry of a module returned, read by the host.
public struct TargetEntryRecord {
    /// The contract versions that the module supports.
    public let contracts: ClosedRange<UInt32>
    /// The descriptor of the module's note, as the running module knows it.
    public let note: [UInt8]
    private let factoryPointer: UnsafeRawPointer

    /// Reads the struct behind the pointer, its length before anything else.
    /// - Parameter noteLength: how long the descriptor is in the file; no other length is read.
    /// - Throws: `TargetEntryError` before anything is read that may not be there.
    public init(reading entry: UnsafeRawPointer, noteLength: Int) throws(TargetEntryError) {
        let length = entry.loadUnaligned(as: UInt64.self)
        guard length == UInt64(EntryLayout.length) else {
            throw .length(found: length, expected: UInt64(EntryLayout.length))
        }
        let lowest = entry.loadUnaligned(fromByteOffset: EntryLayout.lowest, as: UInt32.self)
        let highest = entry.loadUnaligned(fromByteOffset: EntryLayout.highest, as: UInt32.self)
        guard lowest <= highest else { throw .contracts(lowest: lowest, highest: highest) }
        let found = entry.loadUnaligned(fromByteOffset: EntryLayout.noteLength, as: UInt64.self)
        guard found == UInt64(noteLength) else { throw .noteLength(found: found, expected: UInt64(noteLength)) }
        guard let note = Self.pointer(at: EntryLayout.note, of: entry) else { throw .noNote }
        guard let factory = Self.pointer(at: EntryLayout.factory, of: entry) else { throw .noFactory }
        contracts = lowest...highest
        self.note = Array(UnsafeRawBufferPointer(start: note, count: noteLength))
        factoryPointer = factory
    }

    /// Only for a module whose note was found to be that of its file: another kind of object would crash the host.
    public var factory: TargetFactory {
        Unmanaged<TargetFactory>.fromOpaque(factoryPointer).takeUnretainedValue()
    }

    private static func pointer(at offset: Int, of entry: UnsafeRawPointer) -> UnsafeRawPointer? {
        UnsafeRawPointer(bitPattern: entry.loadUnaligned(fromByteOffset: offset, as: UInt.self))
    }
}

/// Why the struct that an entry returned cannot be used.
@frozen
public enum TargetEntryError: Error, Sendable, Hashable {
    case length(found: UInt64, expected: UInt64)
    case contracts(lowest: UInt32, highest: UInt32)
    case noteLength(found: UInt64, expected: UInt64)
    case noNote
    case noFactory
}
