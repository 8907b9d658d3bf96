/// Why a worker gave no answer.
enum WorkerTrouble: Error, Sendable, Hashable {
    /// It could not be started; the system's reason.
    case notStarted(String)
    /// Its process ended; with the last that it wrote to its output.
    case ended(ProcessEnd, output: [UInt8])
    /// It sent something that is no message, or not its turn, and was ended.
    case garbled(String)
    /// It gave up its connection and went on, and was ended.
    case hungUp
    /// It did not answer in time, and was ended.
    case overdue(Duration)
    /// It was told to give up, did not within this time, and was ended.
    case stubborn(Duration)
}
