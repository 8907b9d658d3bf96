import Documents
import Foundation
import TestSupport
import Testing

@testable import graphene_deployer

struct CloudAccountTests {
    private static func account(_ variables: [String: String]) throws -> CloudAccount {
        let fields = CloudAccount.fields(ofVariables: variables)
        return try CloudAccount(name: "environment", fields: fields, origin: CloudAccount.environment)
    }

    @Test func `Variables become an item of the setting keystone`() throws {
        let account = try Self.account([
            "OS_AUTH_URL": "https://a.example/v3", "OS_APPLICATION_CREDENTIAL_ID": "id", "HOME": "/root",
            "OS_APPLICATION_CREDENTIAL_SECRET": "secret", "OS_REGION_NAME": "R1", "OS_INTERFACE": "internalURL",
        ])
        #expect(account.region == "R1")
        #expect(account.options == ["credential-id": "id", "credential-secret": "secret"])
        #expect(
            Document.object(account.setting) == [
                "name": "environment", "authURL": "https://a.example/v3", "interface": "internal",
            ])
    }

    @Test func `A password goes with its project`() throws {
        let account = try Self.account([
            "OS_AUTH_URL": "https://a.example", "OS_USERNAME": "u", "OS_USER_DOMAIN_NAME": "Default",
            "OS_PASSWORD": "p", "OS_PROJECT_ID": "1",
        ])
        #expect(
            account.setting["credential"] == [
                "user": "u", "userDomain": "Default", "password": "p", "projectID": "1",
            ])
    }

    @Test(arguments: [
        ([:], "OS_AUTH_URL"), (["OS_AUTH_URL": "x"], "OS_USERNAME"),
        (["OS_AUTH_URL": "x", "OS_APPLICATION_CREDENTIAL_ID": "m4rk"], "OS_APPLICATION_CREDENTIAL_SECRET"),
        (["OS_AUTH_URL": "x", "OS_USERNAME": "u", "OS_PASSWORD": "m4rk"], "OS_PROJECT_NAME"),
    ])
    func `What is missing is named`(variables: [String: String], missing: String) throws {
        let error = try #require(throws: InputError.self) { try Self.account(variables) }
        #expect(error.description.contains("no \(missing) in the environment"))
        #expect(!error.description.contains("m4rk"))
    }

    @Test func `An entry of clouds yaml is found with its secret beside it`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "clouds.yaml",
            """
            clouds:
              one:
                auth_type: v3applicationcredential
                auth: {auth_url: "https://a.example", application_credential_id: id}
                region_name: R1
              two: {auth: {auth_url: "https://b.example"}}
            """
        )
        _ = try folder.write("secure.yaml", "clouds: {one: {auth: {application_credential_secret: secret}}}")
        let variables = ["OS_CLIENT_CONFIG_FILE": file]
        let account = try CloudsFile.account("one", variables: variables)
        #expect(account.name == "one" && account.region == "R1")
        #expect(account.options == ["credential-id": "id", "credential-secret": "secret"])
        let error = try #require(throws: InputError.self) { try CloudsFile.account("three", variables: variables) }
        #expect(error.description.contains("there are one, two"))
    }

    @Test func `The usual places are searched in their order`() {
        let places = CloudsFile.candidates("clouds", ["HOME": "/home/a"])
        #expect(
            places == [
                "clouds.yaml", "clouds.yml", "clouds.json", "/home/a/.config/openstack/clouds.yaml",
                "/home/a/.config/openstack/clouds.yml", "/home/a/.config/openstack/clouds.json",
                "/etc/openstack/clouds.yaml", "/etc/openstack/clouds.yml", "/etc/openstack/clouds.json",
            ])
        #expect(CloudsFile.candidates("clouds", ["XDG_CONFIG_HOME": "/x"])[3] == "/x/openstack/clouds.yaml")
        #expect(CloudsFile.candidates("clouds", ["OS_CLIENT_CONFIG_FILE": "/a.yaml"]).first == "/a.yaml")
        #expect(
            CloudsFile.candidates("secure", ["OS_CLIENT_SECURE_FILE": "/b.yaml"]).prefix(2) == [
                "/b.yaml", "secure.yaml",
            ])
    }

    @Test func `A file of secrets may be somewhere else, and files may be in JSON`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "clouds.json",
            #"{"clouds": {"one": {"auth": {"auth_url": "https://a.example", "application_credential_id": "id"}}}}"#)
        let secrets = try folder.write(
            "mine.yaml", "clouds: {one: {auth: {application_credential_secret: secret}}}")
        let variables = ["OS_CLIENT_CONFIG_FILE": file, "OS_CLIENT_SECURE_FILE": secrets]
        let account = try CloudsFile.account("one", variables: variables)
        #expect(account.options == ["credential-id": "id", "credential-secret": "secret"])
        let missing = ["OS_CLIENT_CONFIG_FILE": "\(folder.path)/none.yaml", "HOME": folder.path]
        let error = try #require(throws: InputError.self) { try CloudsFile.account("one", variables: missing) }
        #expect(error.description.contains("none.yaml"))
    }
}
