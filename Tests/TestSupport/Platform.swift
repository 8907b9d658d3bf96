internal import Foundation

/// What a Graphene platform holds, as the answers of its Common Data Service (CDS) and its Nexus: for tests, which change
/// it and then serve it (`serving`) or write it into a folder (`write`).
public struct Platform: Sendable {
    /// JSON texts by id. Ids that are not here are unknown: CDS answers them with 200 and an empty body.
    public var solutions: [String: String] = [:]
    public var revisions: [String: String] = [:]
    public var users: [String: String] = [:]
    /// JSON lists by revision and by solution; `[]` for those that are not here.
    public var artifacts: [String: String] = [:]
    public var catalogs: [String: String] = [:]
    /// `user/solution` of those who may read.
    public var readers: Set<String> = []
    /// Files of Nexus by their path, not encoded.
    public var files: [String: [UInt8]] = [:]

    public static let solutionID = "00000000-0000-4000-8000-000000000001"
    public static let revisionID = "00000000-0000-4000-9000-000000000001"
    public static let userID = "99999999-9999-4999-8999-999999999999"

    public init() {}

    /// The platform with one solution, which `userID` may read and which is in a public catalog.
    public init(name: String = "A solution", toolkit: String = "CP", artifacts: [String], files: [String: String]) {
        solutions[Self.solutionID] =
            #"{"solutionId":"\#(Self.solutionID)","name":"\#(name)","active":true,"#
            + #""toolkitTypeCode":"\#(toolkit)","metadata":null}"#
        revisions[Self.revisionID] =
            #"{"revisionId":"\#(Self.revisionID)","solutionId":"\#(Self.solutionID)","#
            + #""version":"1.0.0"}"#
        self.artifacts[Self.revisionID] = "[\(artifacts.joined(separator: ","))]"
        self.files = files.mapValues { Array($0.utf8) }
        welcome(Self.userID, to: Self.solutionID)
    }

    /// The platform with the solutions of config/samples.
    public init(samples: Void) throws {
        let root = Repository.samples
        func texts(_ kind: String) throws -> [String: String] {
            var texts: [String: String] = [:]
            for name in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: kind).path) {
                let text = try String(contentsOf: root.appending(path: "\(kind)/\(name)"), encoding: .utf8)
                texts[String(name.dropLast(".json".count))] = text
            }
            return texts
        }
        solutions = try texts("solutions")
        revisions = try texts("revisions")
        artifacts = try texts("artifacts")
        let nexus = root.appending(path: "nexus")
        for path in try FileManager.default.subpathsOfDirectory(atPath: nexus.path) {
            files[path] = FileManager.default.contents(atPath: nexus.appending(path: path).path).map(Array.init)
        }
        for id in solutions.keys { welcome(Self.userID, to: id) }
    }

    /// An artifact's record.
    public static func artifact(
        _ type: String,
        name: String = "artifact",
        uri: String,
        modified: String = "2024-05-06T20:12:15Z"
    ) -> String {
        #"{"artifactId":"\#(type)-1","artifactTypeCode":"\#(type)","name":"\#(name)","uri":"\#(uri)","size":-1,"#
            + #""created":"2021-05-06T20:12:15Z","modified":"\#(modified)","metadata":null}"#
    }

    public static let proto =
        "syntax = \"proto3\";\nmessage Empty {\n}\nservice Model {\n  rpc run (Empty) returns (Empty);\n}\n"

    /// A blueprint whose nodes are given as name, type and path of the protobuf file.
    public static func blueprint(_ nodes: [(name: String, type: String, proto: String)]) -> String {
        let list = nodes.map { node in
            #"{"container_name":"\#(node.name)","node_type":"\#(node.type)","image":"registry.example.org/a:1","#
                + #""proto_uri":"\#(node.proto)","operation_signature_list":[]}"#
        }
        return #"{"name":"a","version":"1.0.0","input_ports":[],"nodes":[\#(list.joined(separator: ","))],"#
            + #""probeIndicator":null}"#
    }

    /// A pipeline of two nodes with a protobuf file each.
    public static let pipeline = Platform(
        artifacts: [artifact("BP", name: "BluePrint-1", uri: "org/b.json")],
        files: [
            "org/b.json": blueprint([("one", "MLModel", "org/one.proto"), ("two", "MLModel", "org/two.proto")]),
            "org/one.proto": proto, "org/two.proto": proto + "// Grüße\n",
        ]
    )

    /// A single model with an image and a protobuf file.
    public static let model = Platform(
        toolkit: "SK",
        artifacts: [
            artifact("DI", uri: "registry.example.org/m:1.0.0"),
            artifact("MI", name: "m.proto", uri: "org/m-1.0.0.proto"),
        ],
        files: ["org/m-1.0.0.proto": proto]
    )

    private mutating func welcome(_ user: String, to solution: String) {
        users[user] = #"{"userId":"\#(user)","active":true}"#
        readers.insert("\(user)/\(solution)")
        catalogs[solution] = #"[{"catalogId":"c","accessTypeCode":"PB","name":"Public"}]"#
    }

    /// Writes it as the folder that the embedded catalogue reads.
    public func write(to folder: String) throws {
        func put(_ path: String, _ bytes: [UInt8]) throws {
            let file = "\(folder)/\(path)"
            let parent = URL(filePath: file).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: file))
        }
        for (kind, texts) in [("solutions", solutions), ("revisions", revisions), ("artifacts", artifacts)] {
            for (id, text) in texts { try put("\(kind)/\(id).json", Array(text.utf8)) }
        }
        for (path, bytes) in files { try put("nexus/\(path)", bytes) }
    }
}
