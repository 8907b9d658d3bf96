import FoundationEssentials

/// Folders of the user who runs the process (XDG base directories).
enum DefaultFolders {
    /// `$STATE_DIRECTORY` (systemd), else `$XDG_STATE_HOME/graphene-deployer`, else below `~/.local/state`.
    static var state: String {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["STATE_DIRECTORY"], !folder.isEmpty { return folder }
        if let folder = environment["XDG_STATE_HOME"], !folder.isEmpty { return folder + "/graphene-deployer" }
        return (environment["HOME"] ?? "") + "/.local/state/graphene-deployer"
    }
}
