import Glibc

extension ModuleProblem {
    static func moduleName(_ name: String) -> ModuleProblem {
        ModuleProblem(
            .file,
            "the module name \(name.debugDescription) is not allowed, only letters, digits and _ after a letter are: "
                + "write for instance LocalYAML for libLocalYAML.so"
        )
    }

    static func fileName(_ name: String) -> ModuleProblem {
        ModuleProblem(
            .file,
            "the file name \(name.debugDescription) is not allowed, lib<Module>.so is expected: rename the file as its "
                + "module is called, for instance libLocalYAML.so"
        )
    }

    static func missing(_ file: String, folders: [String]) -> ModuleProblem {
        ModuleProblem(
            .file,
            "\(file) is not in \(folders.joined(separator: ", ")): put it there, or add its folder to the "
                + "configured module folders"
        )
    }

    static func unreadable(_ file: String, reason: String) -> ModuleProblem {
        ModuleProblem(.file, "\(file) cannot be read (\(reason)): check the path and the rights of the service user")
    }

    static func kind(_ file: String, mode: mode_t) -> ModuleProblem {
        let kinds: [mode_t: String] = [
            S_IFDIR: "a directory", S_IFIFO: "a FIFO", S_IFSOCK: "a socket", S_IFCHR: "a character device",
            S_IFBLK: "a block device",
        ]
        let kind = kinds[mode & S_IFMT] ?? "of an unknown kind"
        return ModuleProblem(
            .file, "\(file) is \(kind), a regular file is expected: put the shared library in its place")
    }

    static func owner(_ file: String, path: String, user: UInt32, allowed: Set<UInt32>) -> ModuleProblem {
        ModuleProblem(
            .file, "\(file) belongs to user \(user), \(list(allowed)) is expected: run chown root '\(path)'"
        )
    }

    static func folderOwner(_ file: String, folder: String, user: UInt32, allowed: Set<UInt32>) -> ModuleProblem {
        ModuleProblem(
            .file,
            "\(file) is in a folder that belongs to user \(user), \(list(allowed)) is expected: "
                + "run chown root '\(folder)'"
        )
    }

    static func writable(_ file: String, path: String, mode: mode_t) -> ModuleProblem {
        ModuleProblem(.file, "\(file) is writable for \(writers(mode)), only its owner may: run chmod go-w '\(path)'")
    }

    static func folderWritable(_ file: String, folder: String, mode: mode_t) -> ModuleProblem {
        ModuleProblem(
            .file,
            "\(file) is in a folder that is writable for \(writers(mode)), only its owner may: "
                + "run chmod go-w '\(folder)'"
        )
    }

    static func empty(_ file: String) -> ModuleProblem {
        ModuleProblem(.file, "\(file) is empty, a shared library is expected: install the module again")
    }

    static func tooLarge(_ file: String, size: Int, limit: Int) -> ModuleProblem {
        ModuleProblem(.file, "\(file) has \(size) bytes, at most \(limit) are allowed: install a smaller build")
    }

    static func digest(_ file: String, found: String, expected: String) -> ModuleProblem {
        ModuleProblem(
            .digest,
            "\(file) has the SHA-256 \(found), the configuration asks for \(expected): install the file that was "
                + "meant, or correct sha256 in the configuration"
        )
    }

    private static func list(_ users: Set<UInt32>) -> String {
        "user " + users.sorted().map(String.init).joined(separator: " or ")
    }

    private static func writers(_ mode: mode_t) -> String {
        switch mode & 0o022 {
        case 0o020: "the group"
        case 0o002: "others"
        default: "the group and others"
        }
    }
}
