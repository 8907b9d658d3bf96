import Dispatch
import Foundation
import Synchronization

@testable import DeployerHost

/// Takes what a log handler writes, as fast as it is written.
final class LogPipe: Sendable {
    let output: LineOutput
    private let end: FileHandle
    private let contents = Mutex(Data())
    private let reader = DispatchGroup()

    init() {
        let pipe = Pipe()
        end = pipe.fileHandleForWriting
        output = LineOutput(descriptor: end.fileDescriptor)
        DispatchQueue.global().async(group: reader) { [self] in
            let data = try? pipe.fileHandleForReading.readToEnd()
            contents.withLock { $0 = data ?? Data() }
        }
    }

    /// What was written, a text for each line; nothing can be written afterwards.
    func lines() throws -> [String] {
        try end.close()
        reader.wait()
        let text = String(decoding: contents.withLock { $0 }, as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
