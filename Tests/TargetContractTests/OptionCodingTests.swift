import Documents
import TargetContract
import Testing

@Suite("Options as JSON")
struct OptionCodingTests {
    @Test("come back as they were")
    func roundTrip() throws {
        let option = TargetOption(
            name: "cluster",
            kind: .text,
            label: "Cluster",
            help: "A cluster.",
            isRequired: true,
            appliesWhen: OptionCondition("access", is: "cluster"),
            hasChoices: true,
            userAttribute: .email
        )
        let document = try Document(encoding: option)
        #expect(document["appliesWhen"] == ["option": "access", "values": ["cluster"]])
        #expect(document["hasChoices"] == true && document["defaultValue"] == nil)
        #expect(document["userAttribute"] == "email")
        #expect(try document.decoded(as: TargetOption.self) == option)
    }

    @Test("are read as hosts of before wrote them")
    func earlier() throws {
        let document: Document = [
            "name": "x", "kind": ["type": "text"], "label": "X", "help": "An X.", "isRequired": false,
            "isSecret": false, "isAdvanced": false,
        ]
        let option = try document.decoded(as: TargetOption.self)
        #expect(option == TargetOption(name: "x", kind: .text, label: "X", help: "An X."))
    }
}
