import Documents
import Secrets
import TargetContract
import TestSupport
import Testing

@testable import Creodias

struct CloudSettingsTests {
    private static func clouds(_ cloud: Document) throws -> [Cloud] { try CloudReader.clouds([cloud]) }

    @Test(arguments: [
        ("https://keystone.example.org:5000", "https://keystone.example.org:5000/v3"),
        ("https://keystone.example.org:5000/v3/", "https://keystone.example.org:5000/v3/"),
        ("https://example.org/identity", "https://example.org/identity/v3"),
    ])
    func `Keystone is called in its version 3`(text: String, url: String) throws {
        let cloud = try #require(try Self.clouds(["name": "a", "authURL": .string(text)]).first)
        #expect(cloud.authURL.text == url && cloud.interface == "public" && cloud.credential == nil)
    }

    @Test(
        arguments: [
            (["authURL": "https://a.example"], "keystone[0].name"), (["name": "a"], "keystone[0].authURL"),
            (["name": "a/b", "authURL": "https://a.example"], "keystone[0].name"),
            (["name": "a", "authURL": "ftp://a.example"], "keystone[0].authURL"),
            (["name": "a", "authURL": "https://a.example", "regions": "R1"], "keystone[0].regions"),
            (["name": "a", "authURL": "https://a.example", "interface": "private"], "keystone[0].interface"),
            (["name": "a", "authURL": "https://a.example", "authorities": "x"], "keystone[0].authorities"),
            (["name": "a", "authURL": "https://a.example", "region": "x"], "keystone[0].region"),
            (
                ["name": "a", "authURL": "https://a.example", "credential": ["id": "b"]],
                "keystone[0].credential.secret"
            ),
            (
                ["name": "a", "authURL": "https://a.example", "credential": ["id": "b", "secretFile": "/none"]],
                "keystone[0].credential.secretFile"
            ),
            (
                ["name": "a", "authURL": "https://a.example", "credential": ["user": "b", "password": "c"]],
                "keystone[0].credential.project"
            ),
        ] as [(Document, String)])
    func `A setting that cannot be used is named`(cloud: Document, place: String) throws {
        let error = try #require(throws: TargetError.self) { try Self.clouds(cloud) }
        #expect(error.code == .invalidSettings && error.what.contains("\(place) "))
    }

    @Test func `A secret can be in a file`() throws {
        let file = try TemporaryFolder().write("secret", "")
        #expect(SecretFile.read(file) == nil)
        let folder = try TemporaryFolder()
        let path = try folder.write("secret", " s3cret\n")
        #expect(SecretFile.read(path)?.isEqual(to: SecretBytes("s3cret")) == true)
    }

    @Test func `A secret with anything in it is one string of the JSON`() throws {
        let secret = "a\"b\\c\u{1}\nÜ"
        let text = SecretJSON.text(SecretBytes(secret)) { ["x": "y", "secret": $0] }
        let document = try text.withBytes { try Document(json: Array($0)) }
        #expect(document == ["x": "y", "secret": .string(secret)])
    }

    @Test(
        arguments: [
            (#"{"error":{"code":401,"title":"Unauthorized","message":"No."}}"#, "No"),
            (#"{"errors":[{"title":"Bad","detail":"Two\nlines."}]}"#, "Two lines"),
            (#"{"errors":[{"title":"","detail":""}]}"#, nil), ("<html>", nil),
        ] as [(String, String?)])
    func `The words of a fault are found in each of its shapes`(body: String, words: String?) {
        #expect(CloudFault(.init(status: 400, body: Array(body.utf8))).message == words)
    }

    @Test func `A place is told without a call, and a name goes with its credential`() throws {
        let settings = TargetSettings([
            "keystone": [["name": "cf", "authURL": "https://a.example", "regions": ["R1"]]]
        ])
        let target = try CreodiasTarget(settings: settings, services: TargetServices { _, _ in })
        let byName = try target.place(for: StandInCloud.options())
        #expect(byName == DeploymentPlace(server: "magnum://abc@cf/R1/demo", namespace: "demo"))
        let byID = try target.place(for: StandInCloud.options(cluster: StandInCloud.complete))
        #expect(byID?.server == "magnum://cf/R1/\(StandInCloud.complete)")
    }

    @Test(arguments: [(true, ["cluster": "demo"], true), (false, ["cluster": "demo"], false), (true, [:], false)])
    func `Work goes on by itself only with the administrator's credential`(
        isConfigured: Bool,
        given: [String: String],
        isResumed: Bool
    ) throws {
        var cloud: DocumentObject = ["name": "cf", "authURL": "https://a.example"]
        if isConfigured { cloud["credential"] = ["id": "a", "secret": "b"] }
        let settings = TargetSettings(["keystone": [.object(cloud)]])
        let target = try CreodiasTarget(settings: settings, services: TargetServices { _, _ in })
        let options = try OptionValues(partial: given, for: CreodiasTarget.manifest.options)
        #expect(target.canResume(with: options) == isResumed)
    }
}
