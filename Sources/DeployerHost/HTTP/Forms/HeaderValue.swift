/// A header's value with parameters: `form-data; name="kubeconfig"; filename=""`.
struct HeaderValue: Sendable, Hashable {
    /// What stands before the parameters, in lower case.
    let text: String
    private let parameters: [String: String]

    /// Nil where a parameter is malformed or there twice.
    init?(_ header: String) {
        var scanner = HeaderScanner(header.utf8)
        let text = scanner.text(until: [UInt8(ascii: ";")])
        guard !text.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        while !scanner.isAtEnd {
            guard scanner.take(UInt8(ascii: ";")) else { return nil }
            scanner.skipBlanks()
            if scanner.isAtEnd { break }
            let name = scanner.text(until: [UInt8(ascii: "="), UInt8(ascii: ";")]).lowercased()
            guard !name.isEmpty, scanner.take(UInt8(ascii: "=")), let value = scanner.value(),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.text = text.lowercased()
        self.parameters = parameters
    }

    /// A parameter's value; names are given in lower case.
    subscript(parameter: String) -> String? { parameters[parameter] }
}
