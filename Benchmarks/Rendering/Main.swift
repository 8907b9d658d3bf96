import Archives
import Blueprints
import Documents
import Glibc
import LocalYAML
import Passes
import TargetContract

/// Measures the CPU time from the bytes of a blueprint to the bytes of solution.zip; prints figures as JSON.
@main
enum Main {
    static func main() async throws {
        let sizes = [
            try await Measurement(nodes: 50, rounds: 40), try await Measurement(nodes: 1_000, rounds: 3),
        ]
        print("[\(sizes.map(\.json).joined(separator: ", "))]")
    }
}

/// The medians of several runs for one size of pipeline, in milliseconds.
struct Measurement {
    let nodes: Int
    let whole: Double
    /// Packing the same files only.
    let packing: Double

    var json: String { #"{"nodes": \#(nodes), "whole": \#(whole), "packing": \#(packing)}"# }

    init(nodes: Int, rounds: Int) async throws {
        let source = Pipeline.source(nodes: nodes)
        let target = try LocalYAMLTarget(settings: TargetSettings(), services: TargetServices { _, _ in })
        let options = try OptionValues([:], for: LocalYAMLTarget.manifest.options)
        let pipeline = PassPipeline.standard(orchestratorImage: "registry.example.org/orchestrator:1")
        let files = try target.render(pipeline.run(on: source), options: options)
        var whole: [Double] = []
        var packing: [Double] = []
        for _ in 0...rounds {
            var start = processorMilliseconds()
            _ = try await target.deploy(pipeline.run(on: source), options: options) { _ in }
            whole.append(processorMilliseconds() - start)
            start = processorMilliseconds()
            var archive = ZipArchive()
            for file in files { try archive.add(file.path, bytes: file.bytes) }
            _ = try archive.bytes()
            packing.append(processorMilliseconds() - start)
        }
        self.nodes = nodes
        self.whole = whole.sorted()[whole.count / 2]
        self.packing = packing.sorted()[packing.count / 2]
    }
}

/// A chain of nodes with a protobuf file each, as Design Studio would write it.
enum Pipeline {
    static func source(nodes: Int) -> SolutionSource {
        var protos: [String: String] = [:]
        let documents = (1...nodes).map { number -> Document in
            let uri = "org/acumos/\(number)/model/1.0.0/model-1.0.0.proto"
            protos[uri] = proto
            let edges: [Document] =
                number == nodes
                ? []
                : [["container_name": .string("model\(number + 1)"), "operation_signature": ["operation_name": "run"]]]
            return [
                "container_name": .string("model\(number)"), "node_type": "MLModel",
                "image": .string("registry.example.org/models/model-\(number):1.0.0"), "proto_uri": .string(uri),
                "operation_signature_list": [
                    [
                        "operation_signature": [
                            "operation_name": "run", "input_message_name": number == 1 ? "Empty" : "Sample",
                            "input_message_stream": false, "output_message_name": "Sample",
                            "output_message_stream": false,
                        ],
                        "connected_to": .array(edges),
                    ]
                ],
            ]
        }
        let blueprint: Document = ["name": "bench", "version": "1.0.0", "input_ports": [], "nodes": .array(documents)]
        guard let reference = SolutionReference(solutionID: "bench", revisionID: "\(nodes)") else { exit(1) }
        return SolutionSource(
            reference: reference,
            name: "bench",
            version: "1.0.0",
            content: .pipeline(blueprint: blueprint.json(), protos: protos)
        )
    }

    private static let proto = """
        syntax = "proto3";
        message Empty {
        }
        message Sample {
          string name = 1;
          repeated double values = 2;
        }
        service Model {
          rpc run(Sample) returns (Sample);
        }

        """
}

/// CPU time of the process.
func processorMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
}
