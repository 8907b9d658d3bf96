/// A look at the bytes of a YAML text that finds an alias before any parser expands it.
enum AliasScan {
    /// The name of an anchor (`&name`) that is also used as an alias (`*name`), where a token may begin; nil if none.
    ///
    /// Quotes and block scalars are not taken into account, so that a text that mentions both is refused as well.
    static func aliasedAnchor(in bytes: [UInt8]) -> String? {
        var anchors: Set<[UInt8]> = []
        var aliases: Set<[UInt8]> = []
        var previous = UInt8(ascii: "\n")
        for (offset, byte) in bytes.enumerated() {
            if mayPrecedeToken(previous) {
                if byte == UInt8(ascii: "&") { anchors.insert(name(in: bytes[(offset + 1)...])) }
                if byte == UInt8(ascii: "*") { aliases.insert(name(in: bytes[(offset + 1)...])) }
            }
            previous = byte
        }
        anchors.remove([])
        let both = anchors.intersection(aliases).map { String(decoding: $0, as: UTF8.self) }
        return both.min()
    }

    private static func mayPrecedeToken(_ byte: UInt8) -> Bool {
        byte <= 0x20 || "[{,:?-".utf8.contains(byte) || byte >= 0x80
    }

    private static func name(in bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(
            bytes.prefix(64).prefix { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            })
    }
}
