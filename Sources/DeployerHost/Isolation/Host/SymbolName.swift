internal import Glibc

/// Names of functions as their authors wrote them.
enum SymbolName {
    /// The name of a symbol, as it was written where Swift has mangled it; cut where it is long.
    static func readable(_ symbol: String) -> String {
        guard symbol.hasPrefix("$s") || symbol.hasPrefix("$S"), let demangle else { return symbol }
        guard let text = symbol.withCString({ demangle($0, strlen($0), nil, nil, 0) }) else { return symbol }
        defer { free(text) }
        // What tells private names of several files apart tells a reader nothing.
        return String(String(cString: text).replacing(/\ in _[0-9A-F]{32}/, with: "").prefix(160))
    }

    private typealias Demangle =
        @convention(c) (UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32)
        -> UnsafeMutablePointer<CChar>?

    /// Part of the Swift runtime, and of no module that could be imported.
    private static let demangle: Demangle? = dlsym(nil, "swift_demangle").map { unsafeBitCast($0, to: Demangle.self) }
}
