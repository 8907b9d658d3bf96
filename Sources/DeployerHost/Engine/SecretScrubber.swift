internal import Secrets
internal import TargetContract

/// Takes the secrets of a deployment out of texts, in case a target puts one there.
struct SecretScrubber: Sendable {
    private let secrets: [SecretBytes]

    /// - Parameter given: the values of options as the user gave them.
    init(_ given: [String: String], options: [TargetOption]) {
        self.init(values: options.filter(\.isSecret).compactMap { given[$0.name] })
    }

    /// - Parameter secrets: the values of options.
    init(_ secrets: [SecretBytes]) {
        self.init(values: secrets.map { $0.withBytes { String(decoding: $0, as: UTF8.self) } })
    }

    private init(values: [String]) { secrets = values.flatMap(Self.parts).map { SecretBytes($0) } }

    /// The text with `<redacted>` in the place of each secret.
    func clean(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets { Self.replace(secret, in: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The event with its texts cleaned.
    func clean(_ event: DeploymentEvent) -> DeploymentEvent {
        guard !secrets.isEmpty else { return event }
        var event = event
        event.node = event.node.map(clean)
        event.text = clean(event.text)
        event.remedy = event.remedy.map(clean)
        event.logs = event.logs?.map(clean)
        event.url = event.url.map(clean)
        return event
    }

    /// The link with its texts cleaned.
    func clean(_ link: DeploymentOutcome.Link) -> DeploymentOutcome.Link {
        secrets.isEmpty ? link : DeploymentOutcome.Link(title: clean(link.title), url: clean(link.url))
    }

    /// A short value as a whole; of a document the words that look like keys, certificates and tokens.
    private static func parts(of value: String) -> [String] {
        if value.utf8.count <= 256, !value.contains(where: \.isNewline) { return value.utf8.count < 4 ? [] : [value] }
        let words = value.split { $0.isWhitespace || "\"',{}[]".contains($0) }
        return words.filter { word in
            word.utf8.count >= 24 && !word.contains("://") && word.contains(where: \.isUppercase)
                && word.contains(where: \.isLowercase) && word.contains(where: \.isNumber)
        }.map(String.init)
    }

    private static func replace(_ secret: SecretBytes, in bytes: inout [UInt8]) {
        secret.withBytes { secret in
            var index = 0
            while index + secret.count <= bytes.count {
                guard bytes[index] == secret[0], bytes[index..<(index + secret.count)].elementsEqual(secret) else {
                    index += 1
                    continue
                }
                bytes.replaceSubrange(index..<(index + secret.count), with: Array("<redacted>".utf8))
                index += "<redacted>".utf8.count
            }
        }
    }
}
