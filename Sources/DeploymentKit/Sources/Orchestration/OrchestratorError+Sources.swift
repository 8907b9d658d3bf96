internal import Transport

extension OrchestratorError {
    /// A status of gRPC other than OK.
    init(_ status: GRPCStatus, call: String) {
        let code: Code =
            switch status.code {
            case .unavailable: .unavailable
            case .deadlineExceeded: .timeout
            case .unimplemented: .unimplemented
            case .resourceExhausted: .tooLarge
            case .cancelled: .cancelled
            default: .failed
            }
        self.init(code, call: call, grpcStatus: status, message: status.message)
    }

    init(_ error: TransportError, call: String) {
        let code: Code =
            switch error.code {
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .tooLarge: .tooLarge
            case .invalidRequest, .invalidURL, .refusedByPolicy: .failed
            default: .unavailable
            }
        self.init(code, call: call, message: error.description)
    }

    init(_ problem: MessageFrames.Problem, call: String) {
        switch problem {
        case .compressed: self.init(.invalidAnswer, call: call, message: "a compressed message nobody asked for")
        case .tooLarge(let count): self.init(.tooLarge, call: call, message: "a message of \(count) bytes")
        }
    }
}
