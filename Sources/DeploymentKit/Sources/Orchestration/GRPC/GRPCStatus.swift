internal import Transport

/// How a call of gRPC ended: a code and the server's text.
public struct GRPCStatus: Sendable, Hashable {
    /// The codes of gRPC (grpc/doc/statuscodes.md).
    @frozen public enum Code: Int, Sendable, Hashable {
        case ok, cancelled, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied
        case resourceExhausted, failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable
        case dataLoss, unauthenticated
    }

    /// What kind of outcome it is.
    public var code: Code
    /// The server's own words, decoded; empty where it gave none.
    public var message: String

    /// Takes over the parts as they are.
    public init(_ code: Code, _ message: String = "") {
        self.code = code
        self.message = message
    }
}

extension GRPCStatus {
    /// The status of an answer: it is in the trailers, or in the header of an answer without a body ("trailers-only").
    /// Nil where it is in neither; an unknown code is `unknown`, as the protocol wants it.
    init?(trailers: HTTPHeaders, headers: HTTPHeaders) {
        let source = trailers["grpc-status"] == nil ? headers : trailers
        guard let text = source["grpc-status"] else { return nil }
        let code = Int(text).flatMap(Code.init(rawValue:)) ?? .unknown
        self.init(code, Self.percentDecoded(source["grpc-message"] ?? ""))
    }

    /// Undoes the coding of `grpc-message`; what is no escape stays as it is, and no byte is refused.
    static func percentDecoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var decoded: [UInt8] = []
        var position = 0
        while position < bytes.count {
            let digits = bytes.dropFirst(position + 1).prefix(2)
            let isEscape = bytes[position] == UInt8(ascii: "%") && digits.count == 2 && digits.allSatisfy(isHexDigit)
            if isEscape, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) {
                decoded.append(value)
                position += 3
            } else {
                decoded.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool { Character(Unicode.Scalar(byte)).isHexDigit }
}
