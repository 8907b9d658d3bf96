@testable import DeployerHost
import Testing

@Suite struct ELFImageTests {
    @Test func `finds the note of a module among the others`() throws {
        let image = try ELFImage(parsing: ModuleFolder.bytes(of: "WellBehaved"))
        #expect(image.machine == .host)
        #expect(image.notes.map(\.owner).contains("GNU"))
        #expect(image.notes.filter { $0.owner == "graphene-target" }.count == 1)
    }

    @Test(arguments: ["MissingNote", "WellBehaved"])
    func `survives a file that is cut anywhere`(module: String) throws {
        let bytes = try ModuleFolder.bytes(of: module)
        let lengths = Array(0..<1024) + stride(from: 1024, to: bytes.count, by: bytes.count / 200 + 1)
        for length in lengths {
            #expect(throws: ELFError.self) { _ = try ELFImage(parsing: Array(bytes.prefix(length))) }
        }
    }

    @Test func `survives thousands of random changes of the headers and the notes`() throws {
        var bytes = try ModuleFolder.bytes(of: "WellBehaved")
        let reader = ByteReader(bytes: bytes)
        let headers = try Int(reader.integer(UInt16.self, at: 56, of: "")) * 56 + 64
        let end = min(headers + 512, bytes.count)
        var random = SplitMix64(state: 0x6772_6170_6865_6e65)
        var refused = 0
        for _ in 0..<6000 {
            let original = bytes[..<end]
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let interesting: [UInt8] = [0, 1, 0x7f, 0x80, 0xff, UInt8.random(in: 0...255, using: &random)]
                bytes[Int.random(in: 4..<end, using: &random)] = interesting.randomElement(using: &random) ?? 0
            }
            do { _ = try ELFImage(parsing: bytes) } catch { refused += 1 }
            bytes.replaceSubrange(..<end, with: original)
        }
        #expect((500..<5500).contains(refused))
    }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
