/// Image references as container runtimes accept them: `[host[:port]/]repository[:tag][@digest]`.
enum ImageReference {
    /// The reference without blanks around it and without a URL scheme, which published pipelines sometimes carry.
    static func cleaned(_ text: String) -> String {
        var text = text[...]
        while let first = text.unicodeScalars.first, first.properties.isWhitespace { text.removeFirst() }
        while let last = text.unicodeScalars.last, last.properties.isWhitespace { text.removeLast() }
        for scheme in ["https://", "http://", "docker://"] where text.lowercased().hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
        }
        return String(text)
    }

    /// What is wrong with a reference, as a phrase; nil where nothing is.
    static func problem(of text: String) -> String? {
        guard text.utf8.count <= 512 else { return "has more than 512 characters" }
        guard text.utf8.allSatisfy(isPermitted) else { return "holds a character that image references must not have" }
        let name = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if name.count == 2, !isDigest(name[1]) { return "has a malformed digest behind the @" }
        var path = name[0].split(separator: "/", omittingEmptySubsequences: false)
        guard path.allSatisfy({ !$0.isEmpty }), let last = path.popLast() else { return "has an empty path component" }
        let tagged = last.split(separator: ":", omittingEmptySubsequences: false)
        guard tagged.count <= 2, tagged.dropFirst().allSatisfy(isTag) else { return "has a malformed tag" }
        let hasHost = path.first.map { $0.contains(".") || $0.contains(":") || $0 == "localhost" } ?? false
        let repository = (hasHost ? Array(path.dropFirst()) : path) + [tagged[0]]
        guard repository.allSatisfy(isRepositoryComponent) else {
            return "has a repository with characters other than a-z, 0-9, '.', '_' and '-'"
        }
        if hasHost, let host = path.first, !isHost(host) { return "has a malformed registry host" }
        return nil
    }

    private static func isPermitted(_ byte: UInt8) -> Bool {
        isLowercase(byte | 0x20) || isDigit(byte) || "./:@_-+".utf8.contains(byte)
    }

    private static func isRepositoryComponent(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return (isLowercase(first) || isDigit(first)) && (isLowercase(last) || isDigit(last))
            && text.utf8.allSatisfy { isLowercase($0) || isDigit($0) || "._-".utf8.contains($0) }
    }

    /// `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`
    private static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return !".-".utf8.contains(first)
            && text.utf8.allSatisfy { isLowercase($0 | 0x20) || isDigit($0) || "_.-".utf8.contains($0) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, !parts[0].isEmpty, !parts[0].utf8.contains(UInt8(ascii: "_")) else { return false }
        return parts.count == 1 || (parts[1].utf8.allSatisfy(isDigit) && UInt16(parts[1]) != nil)
    }

    /// `sha256:` and 64 hexadecimal digits, or `sha512:` and 128.
    private static func isDigest(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = ["sha256": 64, "sha512": 128][parts[0]] else { return false }
        let isHex = { (byte: UInt8) in isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) }
        return parts[1].utf8.count == length && parts[1].utf8.allSatisfy(isHex)
    }

    private static func isLowercase(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
