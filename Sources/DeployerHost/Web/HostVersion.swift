/// The version of this program.
public enum HostVersion {
    /// As semantic versioning has it.
    public static let current = "1.0.0"
}
