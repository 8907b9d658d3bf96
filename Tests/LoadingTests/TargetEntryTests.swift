import TargetContract
import Testing

@Suite struct TargetEntryTests {
    /// The fields of the struct as `EntryLayout` describes them: length, versions, note, its length, factory.
    private func error(
        length: UInt64 = 40, lowest: UInt32 = 1, highest: UInt32 = 1, note: UInt = 0, noteLength: UInt64 = 296
    ) -> TargetEntryError? {
        let words = [length, UInt64(lowest) | UInt64(highest) << 32, UInt64(note), noteLength, 0]
        return words.withUnsafeBytes { bytes -> TargetEntryError? in
            guard let start = bytes.baseAddress else { return nil }
            do throws(TargetEntryError) {
                _ = try TargetEntryRecord(reading: start, noteLength: 296)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func `every field is checked before what depends on it`() {
        #expect(error(length: 48) == .length(found: 48, expected: 40))
        #expect(error(length: .max, noteLength: .max) == .length(found: .max, expected: 40))
        #expect(error(lowest: 2, highest: 1) == .contracts(lowest: 2, highest: 1))
        #expect(error(noteLength: .max) == .noteLength(found: .max, expected: 296))
        #expect(error(note: 0) == .noNote)
        #expect(error(note: 1) == .noFactory)
    }
}
