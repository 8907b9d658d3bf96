import Foundation

/// Sends bytes that no HTTP client would.
public enum RawSocket {
    /// Connects to the loopback interface, writes the text and closes; whatever the peer does is its own business.
    public static func send(_ text: String, toPort port: UInt16) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["bash", "-c", "cat > /dev/tcp/127.0.0.1/\(port)"]
        let input = Pipe()
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try process.run()
        try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
