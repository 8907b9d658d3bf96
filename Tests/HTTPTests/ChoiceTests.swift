import Documents
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TargetContract
import Testing

@testable import DeployerHost

/// Options that depend on one another, and whose values the target lists; asked of the real target for CREODIAS.
@Suite("Choices")
struct ChoiceTests {
    private static func ask(_ body: Document, token: HTTPFields = .token()) async throws -> TestResponse {
        var fixture = HostFixture()
        let settings: DocumentObject = [
            "keystone": [
                ["name": "one", "authURL": "https://a.example/v3", "regions": ["R1", "R2"]],
                ["name": "two", "authURL": "https://b.example/v3"],
            ]
        ]
        for index in fixture.configuration.targets.indices
        where fixture.configuration.targets[index].module == "Creodias" {
            fixture.configuration.targets[index].settings = TargetSettings(settings)
        }
        return try await fixture.test { client in
            var headers = token
            headers[.contentType] = "application/json"
            return try await client.execute(
                uri: "/api/v1/choices",
                method: .post,
                headers: headers,
                body: ByteBuffer(bytes: body.json())
            )
        }
    }

    @Test("are what the target lists")
    func listed() async throws {
        let answer = try await Self.ask(["target": "creodias", "option": "cloud"])
        #expect(answer.status == .ok)
        let choices = try Document(json: answer.text)["choices"]?.array ?? []
        #expect(choices.map { $0["value"]?.string } == ["one", "two"])
        #expect(choices.first?["isAvailable"] == true)
    }

    @Test("may follow from other options")
    func dependent() async throws {
        let given: Document = ["cloud": "one", "kubeconfig": "", "region": "begun"]
        let answer = try await Self.ask(["target": "creodias", "option": "region", "options": given])
        let choices = try Document(json: answer.text)["choices"]?.array ?? []
        #expect(choices.map { $0["value"]?.string } == ["R1", "R2"])
    }

    @Test(
        "are refused with the reason where there are none",
        arguments: [
            (["target": "creodias", "option": "namespace"], 422, "namespace"),
            (["target": "creodias", "option": "colour"], 422, "cloud, region, cluster"),
            (["target": "creodias", "option": "region"], 422, "one, two"),
            (["target": "creodias", "option": "cluster", "options": ["cloud": "one", "colour": "x"]], 422, "colour"),
            (["target": "local-yaml", "option": "volume-size"], 422, "lists values"),
            (["target": "nowhere", "option": "cloud"], 404, "nowhere"), (["target": "creodias"], 400, "option"),
            (["target": "creodias", "option": "cloud", "colour": "x"], 400, "colour"),
        ] as [(Document, Int, String)])
    func refused(body: Document, status: Int, words: String) async throws {
        let answer = try await Self.ask(body)
        #expect(answer.status.code == status && answer.text.contains(words), "\(answer.text)")
    }

    @Test("are for users who are signed in")
    func signedIn() async throws {
        #expect(try await Self.ask(["target": "creodias", "option": "cloud"], token: [:]).status == .unauthorized)
    }
}
