internal import HTTPTypes
internal import Hummingbird
internal import TargetContract

/// A form of ours that was sent: its fields, and the options among them.
struct PageForm {
    private let fields: FormFields
    /// Which button was pressed.
    let action: String?
    /// The name of the form's draft.
    let draft: String?
    /// What keeps a form that is sent twice from being carried out twice.
    let idempotencyKey: String?

    /// Reads a form, and checks that it comes from a page of ours.
    /// - Throws: `Problem`: 400, 413 and 415 for what cannot be read, 403 for a form of somebody else.
    init(_ request: Request, context: DeployerRequestContext, tokens: FormToken) async throws {
        let session = try context.signedIn()
        let buffer = try await request.body.collect(upTo: context.maxUploadSize)
        do {
            fields = try FormFields(
                Array(buffer.readableBytesView),
                contentType: request.headers[.contentType],
                limits: FormLimits(bytes: context.maxUploadSize)
            )
            action = try fields.text("action")
            draft = try fields.text("draft")
            idempotencyKey = try fields.text("idempotency-key").flatMap { $0.utf8.count == 36 ? $0 : nil }
            let token = try fields.text("csrf") ?? ""
            guard !context.isByCookie || tokens.isValid(token, for: session) else {
                throw Problem(
                    .forbidden,
                    "The form is not valid any more",
                    detail: "It does not belong to your session; you may have signed in again since.",
                    remedy: "Go back, load the page again, and send it once more."
                )
            }
        } catch let error as FormError {
            throw Problem(form: error)
        }
    }

    /// The option whose values are to be shown; nil where another button was pressed.
    var wantedChoices: String? {
        guard let action, action.hasPrefix("choices:") else { return nil }
        return String(action.dropFirst("choices:".count))
    }

    /// A field that is no option.
    func text(_ name: String) throws -> String? {
        do {
            return try fields.text(name)
        } catch {
            throw Problem(form: error)
        }
    }

    /// The values of options; those left empty are left out. A file counts for more than the text beside it.
    func options(_ known: [TargetOption]) throws -> [String: String] {
        var values: [String: String] = [:]
        for option in known {
            let name = "option.\(option.name)"
            // A checkbox comes after a hidden field that says false.
            let candidates = fields.values("file.\(option.name)") + fields.values(name).reversed()
            guard let field = candidates.first(where: { !$0.value.isEmpty }) else { continue }
            guard let text = String(validating: field.value, as: UTF8.self) else {
                throw OptionProblems(problems: [.init(option: option.name, text: "it is not text in UTF-8")])
            }
            values[option.name] = text
        }
        return values
    }

    /// The names of options that are not secret and whose fields were sent without a value.
    func emptied(_ known: [TargetOption]) -> [String] {
        known.filter { option in
            let sent = fields.values("option.\(option.name)") + fields.values("file.\(option.name)")
            return !option.isSecret && !sent.isEmpty && sent.allSatisfy(\.value.isEmpty)
        }.map(\.name)
    }
}

extension Problem {
    fileprivate init(form error: FormError) {
        let status: HTTPResponse.Status =
            switch error.kind {
            case .unsupportedType: .unsupportedMediaType
            case .tooLarge: .contentTooLarge
            case .malformed: .badRequest
            }
        self.init(status, "The form cannot be read", detail: error.description, field: error.field)
    }
}
