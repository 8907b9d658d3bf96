internal import Transport

/// How a call ended, as `grpc-status` and `grpc-message` say it: in the trailers, or in the header where there is
/// nothing else.
struct GRPCStatus: Equatable {
    let code: Int
    let message: String

    static let unimplemented = 12
    static let unavailable = 14

    /// Nil where the answer is none of gRPC.
    init?(headers: HTTPHeaders, trailers: HTTPHeaders) {
        guard let code = (trailers["grpc-status"] ?? headers["grpc-status"]).flatMap({ Int($0) }) else { return nil }
        self.code = code
        message = Self.decoded(trailers["grpc-message"] ?? headers["grpc-message"] ?? "")
    }

    /// The names of the codes (gRPC, "Status codes and their use").
    var name: String {
        let names = [
            "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
            "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
            "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
        ]
        return names.indices.contains(code) ? names[code] : "status \(code)"
    }

    /// Undoes percent-encoding; what is no such code stays.
    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
