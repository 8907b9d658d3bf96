/// The C struct behind the symbol `graphene_target_entry_v1`, in the byte order of the machine. Another layout would
/// be another symbol.
///
/// | offset | bytes | |
/// |---|---|---|
/// | 0 | 8 | length of the struct |
/// | 8 | 4 | lowest contract version that the module supports |
/// | 12 | 4 | highest contract version that the module supports |
/// | 16 | 8 | pointer to the descriptor of the module's note |
/// | 24 | 8 | length of that descriptor |
/// | 32 | 8 | pointer to a retained `TargetFactory` |
enum EntryLayout {
    static let lowest = 8
    static let highest = 12
    static let note = 16
    static let noteLength = 24
    static let factory = 32
    static let length = 40
}
