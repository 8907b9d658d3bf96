internal import FoundationEssentials
internal import Glibc

/// The pages of code and constants that only the start has needed.
///
/// The dynamic linker and the loading of modules touch most of a program's files once. What is needed again comes back
/// from the page cache at its first use, which costs a microsecond a page.
enum StartupPages {
    /// Gives the pages back to the system. Only of mappings that nobody can have written to: read-only ones that are
    /// the file's still.
    static func release() {
        guard let maps = try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8) else { return }
        var region: (start: UInt, length: Int)?
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count > 1 else { continue }
            if !words[0].hasSuffix(":") {
                region = fileRegion(words)
            } else if words[0] == "Anonymous:", words[1] == "0", let (start, length) = region {
                madvise(UnsafeMutableRawPointer(bitPattern: start), length, MADV_DONTNEED)
            }
        }
    }

    /// The addresses in a line such as `7f12a000-7f13b000 r-xp 00001000 fe:00 1234 /usr/lib/libx.so`; nil for what can be
    /// written to, or is no file.
    private static func fileRegion(_ words: [Substring]) -> (start: UInt, length: Int)? {
        let addresses = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard words.count >= 6, words[5].hasPrefix("/"), ["r--p", "r-xp"].contains(words[1]), addresses.count == 2
        else {
            return nil
        }
        return (addresses[0], Int(addresses[1] - addresses[0]))
    }
}
