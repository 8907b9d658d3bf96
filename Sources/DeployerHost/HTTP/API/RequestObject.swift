internal import Documents
internal import HTTPTypes
internal import Hummingbird

/// The body of a request: a JSON object with known members.
struct RequestObject {
    let object: DocumentObject

    /// Reads the body.
    /// - Parameters:
    ///   - known: the members there may be.
    ///   - isOptional: whether there may be no body, which then counts as an object without members.
    /// - Throws: `Problem`: 415 for another content type, 400 for anything that is not such an object, 413 for a large one.
    init(
        _ request: Request,
        context: DeployerRequestContext,
        known: [String],
        isOptional: Bool = false
    ) async throws {
        let buffer = try await request.body.collect(upTo: context.maxUploadSize)
        if isOptional, buffer.readableBytes == 0 {
            object = DocumentObject()
            return
        }
        let mediaType = request.headers[.contentType]?.split(separator: ";").first?.lowercased() ?? ""
        guard mediaType.split(separator: " ") == ["application/json"] else {
            throw Problem(
                .unsupportedMediaType,
                "The request is not JSON",
                detail: "The body must be JSON with the header Content-Type: application/json."
            )
        }
        let document: Document
        do {
            document = try Document(json: Array(buffer.readableBytesView), limits: .request)
        } catch {
            throw Problem(.badRequest, "The request cannot be read", detail: "\(error).")
        }
        guard let object = document.object else { throw Self.malformed(nil, "must be an object") }
        for key in object.keys where !known.contains(key) {
            throw Self.malformed(key, "is unknown; known are \(known.joined(separator: ", "))")
        }
        self.object = object
    }

    /// A member that is a string; nil where it is missing or null.
    func text(_ key: String) throws(Problem) -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let text = value.string else { throw Self.malformed(key, "must be a string, not \(value.kindName)") }
        return text
    }

    /// The member `options`: strings; numbers and booleans may be written as such.
    func options() throws(Problem) -> [String: String] {
        guard let value = object["options"], !value.isNull else { return [:] }
        guard let members = value.object?.members else {
            throw Self.malformed("options", "must be an object, not \(value.kindName)")
        }
        var options: [String: String] = [:]
        for member in members {
            switch member.value {
            case .null: break
            case .string(let text): options[member.key] = text
            case .bool(let flag): options[member.key] = flag ? "true" : "false"
            case .number(let number): options[member.key] = number.text
            default: throw Self.malformed("options.\(member.key)", "must be a string, a number or a boolean")
            }
        }
        return options
    }

    static func malformed(_ field: String?, _ problem: String) -> Problem {
        Problem(.badRequest, "The request cannot be used", detail: "\(field ?? "The body") \(problem).", field: field)
    }
}
