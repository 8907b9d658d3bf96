import Testing

@testable import DeployerHost

@Suite("A registry that images may come from")
struct ImageRegistryTests {
    @Test(
        "holds the images below it",
        arguments: [
            ("docker.io", "alpine", true), ("docker.io", "alpine:3.20", true), ("docker.io", "user/image", true),
            ("docker.io", "docker.io/user/image@sha256:0", true), ("docker.io", "index.docker.io/user/image", true),
            ("index.docker.io", "alpine", true), ("docker.io/library", "alpine", true),
            ("docker.io/user", "user/image:1", true), ("docker.io/user", "username/image", false),
            ("docker.io", "ghcr.io/user/image", false), ("docker.io", "localhost/image", false),
            ("registry.example.org", "registry.example.org/a/b:1", true),
            ("registry.example.org", "Registry.Example.org/a/b:1", true),
            ("registry.example.org", "registry.example.org:5000/a", false),
            ("registry.example.org:5000", "registry.example.org:5000/a", true),
            ("registry.example.org", "registry.example.org.evil.org/a", false),
            ("registry.example.org", "evil.org/registry.example.org/a", false),
            ("registry.example.org/team", "registry.example.org/team/a:1", true),
            ("registry.example.org/team", "registry.example.org/team-b/a:1", false),
            ("registry.example.org/team", "registry.example.org/team:1", true),
            ("registry.example.org/team/a", "registry.example.org/team", false),
        ])
    func images(registry: String, image: String, isFromThere: Bool) throws {
        #expect(try #require(ImageRegistry(registry)).holds(image) == isFromThere)
    }

    @Test(
        "is a host with a port and a path, and nothing else",
        arguments: [
            "", "dockerhub", "https://docker.io", "docker.io/", "docker.io//a", "docker.io/a:1", "docker.io/*",
            "*.example.org", "a.org:port", "a.org:99999", "a.org/Team", "user/image", "a b.org",
        ])
    func refused(text: String) { #expect(ImageRegistry(text) == nil) }
}
