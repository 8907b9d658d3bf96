import Glibc
import Synchronization

/// What a module does that it should not, and where. Its file's name says both: `libM_deploy_trap.so` traps in `deploy`.
enum Misbehaviour {
    /// Misbehaves where the file's name says so.
    @inline(never)
    static func happens(in place: String) {
        guard let name = fileName(), name.hasPrefix("libM_"), name.hasSuffix(".so") else { return }
        let words = name.dropFirst(5).dropLast(3).split(separator: "_")
        guard words.count == 2, words[0] == place else { return }
        happens(String(words[1]))
    }

    /// Breaks down with a secret as its last words, where the file's name says so.
    static func tells(_ secret: String) {
        if fileName() == "libM_deploy_tell.so" { fatalError("cannot use the password \(secret) there") }
    }

    /// What the call before was given in confidence, where the file's name says so.
    static func remembers(_ secret: String) -> String {
        guard fileName() == "libM_preview_remember.so" else { return "" }
        return remembered.withLock { before in
            defer { before = secret }
            return before
        }
    }

    private static let remembered = Mutex("")

    /// Waits until somebody has enough of it, where the file's name says so.
    static func saysNothing() async throws {
        while fileName() == "libM_logs_silence.so" { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// Whether the file's name says that lines have no end.
    static let saysTooMuch = fileName() == "libM_logs_flood.so"

    private static func happens(_ kind: String) {
        switch kind {
        case "trap": trap([1, 2, 3], at: Int(getpid()))
        case "segv": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
        case "abort": abort()
        case "exit": exit(0)
        case "loop": while getpid() != 0 {}
        case "recurse": print(recurse(1))
        case "leak": leak()
        case "garbage": send(Array(repeating: 0xff, count: 4096))
        case "chatter":
            for _ in 0..<200_000 { print("what a module prints\u{1B}[2J is nobody's") }
        case "forge": send([0, 0, 0, 4, 21] + Array("true".utf8))
        case "hangup":
            shutdown(3, CInt(SHUT_RDWR))
            while getpid() != 0 { sleep(1) }
        case "kill": kill(getpid(), SIGKILL)
        case "linger": linger()
        case "deep":
            let content = Array((String(repeating: "[", count: 200_000)).utf8)
            send([0, 3, 0x0d, 0x40, 18] + content)
        case "large": send([0, 4, 0, 1, 18])
        case "files":
            while getpid() != 0 { send([0, 0, 0, 0, 3]) }
        case "tell", "remember", "silence", "flood": break
        case "doze": sleep(4)
        default: print("\(kind) is unknown")
        }
    }

    @inline(never)
    private static func trap(_ numbers: [Int], at index: Int) { print(numbers[index]) }

    @inline(never)
    private static func recurse(_ depth: Int) -> Int { depth == 0 ? 0 : recurse(depth + 1) + recurse(depth + 2) }

    private static func leak() {
        while getpid() != 0 {
            guard let memory = malloc(1 << 20) else { fatalError("out of memory") }
            memset(memory, 1, 1 << 20)
        }
    }

    /// To the host, in the name of the worker.
    private static func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(3, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Leaves a process behind that keeps everything open, and dies.
    private static func linger() {
        var process = pid_t()
        let arguments = [strdup("sleep"), strdup("300"), nil]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, 3, 5)
        posix_spawn(&process, "/bin/sleep", &actions, nil, arguments, environ)
        abort()
    }

    /// The name of the file that this code is in, as the system lists it; a worker has one such module.
    private static func fileName() -> String? {
        guard let maps = fopen("/proc/self/maps", "r") else { return nil }
        defer { fclose(maps) }
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, CInt(line.count), maps) != nil {
            let text = String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if let name = text.split(separator: "/").last, name.hasPrefix("libM_") { return String(name) }
        }
        return nil
    }
}
