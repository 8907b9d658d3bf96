public import Documents
import Foundation
import Secrets

/// Signs tokens as the portal does, or as it must not be done.
public struct PortalToken: Sendable {
    /// A key as installers set it: a UUID with dashes.
    public static let key = "123e4567-e89b-12d3-a456-426614174000"
    /// The bytes that the portal makes of `key`.
    public static let keyBytes: [UInt8] = [
        0xd7, 0x6d, 0xde, 0xe3, 0x9e, 0xbb, 0x7b, 0xcf, 0x5b, 0xd7, 0x67, 0x77, 0x6b, 0x8e, 0x7a, 0xe3, 0x6e, 0xba,
        0xd7,
        0x8d, 0x7b, 0xe3, 0x4d, 0x34,
    ]
    /// 2026-01-01 00:00 UTC: the time at which tests take place.
    public static let now: Double = 1_767_225_600

    public var header: Document = ["alg": "HS512"]
    public var payload: DocumentObject
    public var key: [UInt8] = Self.keyBytes
    /// Whether there is a signature at all.
    public var isSigned = true

    /// A user's token that ends at a time, an hour after `now` unless it is given.
    public init(
        user: String = "user-1", email: String? = "alice@example.org", roles: [String] = [],
        expires: Double? = now + 3600
    ) {
        payload = ["sub": "alice", "created": 1_767_225_600_000]
        payload["mlpuser"] = [
            "userId": .string(user), "loginName": "alice", "email": email.map(Document.string) ?? .null,
            "apiToken": "MARKED-API-TOKEN", "lastLogin": ["epochSecond": 1_767_225_600, "nano": 0],
        ]
        payload["role"] = .array(roles.map { ["name": .string($0), "active": true] })
        payload["exp"] = expires.flatMap(NumberLiteral.init).map(Document.number)
    }

    /// The token, or with a changed part as asked for.
    public var text: String {
        let signature = isSigned ? HMACSHA512(key: SecretBytes(key)).code(for: Array(head.utf8)) : []
        return head + "." + Self.base64URL(signature)
    }

    /// What the signature is for.
    var head: String { Self.base64URL(header.json()) + "." + Self.base64URL(Document.object(payload).json()) }

    static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
