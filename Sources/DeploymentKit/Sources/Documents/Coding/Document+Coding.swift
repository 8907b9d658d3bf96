internal import FoundationEssentials

extension Document {
    /// What an `Encodable` value is as JSON; members that are nil are left out by synthesized conformances.
    /// - Throws: what the value's own `encode(to:)` throws, and `EncodingError` for numbers JSON cannot write.
    public init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        let limits = DocumentLimits(bytes: .max, depth: 512, values: .max)
        try self.init(json: Array(encoder.encode(value)), limits: limits)
    }

    /// The `Decodable` value that this document describes.
    /// - Throws: `DecodingError` where a member is missing or of another type.
    public func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json()))
    }
}
