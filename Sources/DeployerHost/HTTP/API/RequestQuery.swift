internal import Hummingbird

/// The query of a request: parameters that may be there once each. What has no value counts as not there.
struct RequestQuery {
    private let values: [String: String]

    /// - Parameter known: the parameters that are looked at; others are passed over.
    /// - Throws: `Problem` with status 400 for one that is there twice.
    init(_ request: Request, known: [String]) throws(Problem) {
        var values: [String: String] = [:]
        for name in known {
            let given = request.uri.queryParameters[values: name[...]]
            guard given.count <= 1 else { throw RequestObject.malformed(name, "is there \(given.count) times") }
            if let value = given.first, !value.isEmpty { values[name] = String(value) }
        }
        self.values = values
    }

    /// The value of a parameter.
    subscript(name: String) -> String? { values[name] }

    /// The value of a parameter that is the name of a target or node: a DNS label.
    /// - Throws: `Problem` with status 400.
    func name(_ parameter: String) throws(Problem) -> String? {
        guard let text = values[parameter] else { return nil }
        let isLabel =
            text.utf8.count <= 63 && text.first != "-" && text.last != "-"
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        guard isLabel else {
            throw RequestObject.malformed(parameter, "must be a name of lower-case letters, digits and dashes")
        }
        return text
    }
}
