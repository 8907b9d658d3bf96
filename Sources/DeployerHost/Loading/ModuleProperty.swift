/// What is looked at in the file of a module, in the order in which it is.
enum ModuleProperty: String, CaseIterable {
    case owner, mode, size, sha256, libraries, runpath, machine, id, version, contract, compiler, interface

    /// What the property is and why it matters, as a phrase.
    var meaning: String {
        switch self {
        case .owner: "who can exchange the file: root, or the user the host runs as"
        case .mode: "who can change what the host will run: its owner alone"
        case .size: "how large the file is"
        case .sha256: "the digest of the file, to be pinned as sha256 in the configuration"
        case .libraries: "the libraries it needs; libDeploymentKit.so is the host's own, never a copy beside the module"
        case .runpath: "where the loader looks for them before the system's folders"
        case .machine: "the processor it was built for"
        case .id: "the target's name in URLs and commands, from the note that the build has written"
        case .version: "the module's own version, from the note"
        case .contract: "the version of the contract between hosts and targets that it was built for"
        case .compiler: "the Swift compiler; on Linux host and module must come from the same one"
        case .interface: "the digest of the kit's interface it was built against; it belongs to the contract version"
        }
    }
}
