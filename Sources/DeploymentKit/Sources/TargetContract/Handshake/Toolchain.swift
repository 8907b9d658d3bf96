/// The compiler that built the kit. Without a stable ABI on Linux, modules must come from the same one.
@frozen
public enum Toolchain {
    /// The exact version, for instance `6.3.1 (swift-6.3.1-RELEASE)`.
    public static var version: String { kitCompiler }
}
