internal import Archives
internal import Passes
internal import TargetContract

/// What is rendered is what is handed over.
struct RenderingCheck: ConformanceCheck {
    let name = "rendering"
    let expectation = "Rendered files have safe paths, are the same each time, and are those of the artifact"

    private typealias Finding = ConformanceReport.Finding

    func examine(_ examination: Examination) async -> CheckOutcome {
        guard examination.target is any Rendering else { return .notApplicable("the target is not Rendering") }
        var findings: [Finding] = []
        var count = 0
        var refused = 0
        for plan in examination.plans {
            let trial = await examination.render(plan)
            guard let files = trial?.files else {
                if await examination.isUnsupported(trial) {
                    refused += 1
                    continue
                }
                let seen = trial.map { "\($0.call) \($0.words)" } ?? ""
                let remedy = "Refuse options and plans only for what they are"
                findings.append(Finding(expected: "files are made without an environment", seen: seen, remedy: remedy))
                continue
            }
            count += files.count
            findings += Self.problems(with: files, plan.name)
            if let again = await examination.render(plan)?.files, again != files {
                findings.append(
                    Finding(
                        expected: "the same plan and options give the same files",
                        seen: "\(Self.firstDifference(files, again)) of \(plan.name) differs the second time",
                        remedy: "Leave out times, random values and the order of sets and dictionaries"
                    )
                )
            }
            guard examination.isReady, let artifact = await examination.deploy(plan).outcome?.artifact else { continue }
            findings += Self.disagreement(files, artifact, plan.name)
        }
        guard refused < examination.plans.count else {
            return .notApplicable("the solutions are refused as unsupported")
        }
        return .examined("\(count) files", findings)
    }

    private static func problems(with files: [RenderedFile], _ solution: String) -> [Finding] {
        var findings: [Finding] = []
        let paths = files.map(\.path)
        if paths != paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            findings.append(
                Finding(
                    expected: "files are sorted by path",
                    seen: "those of \(solution) are not",
                    remedy: "Sort them by the bytes of their paths"
                )
            )
        }
        var archive = ZipArchive()
        for file in files {
            do throws(ArchiveError) {
                try archive.add(file.path, bytes: file.bytes)
            } catch {
                findings.append(
                    Finding(
                        expected: "a path is relative and leads nowhere but below its folder, and occurs once",
                        seen: "\(error) (\(solution))",
                        remedy: "Make paths of the plan's names, which are safe"
                    )
                )
            }
        }
        return findings
    }

    /// A zip has the files; any other artifact is one of them.
    private static func disagreement(
        _ files: [RenderedFile], _ artifact: DeploymentOutcome.Artifact, _ solution: String
    ) -> [Finding] {
        let seen: String
        if artifact.bytes.starts(with: [0x50, 0x4B, 3, 4]) {
            guard let archive = try? ZipArchive(reading: artifact.bytes) else {
                return [
                    Finding(
                        expected: "a zip can be read",
                        seen: "\(artifact.fileName) of \(solution) is damaged",
                        remedy: "Write it with ZipArchive of the kit"
                    )
                ]
            }
            let packed = archive.paths.map { RenderedFile(path: $0, bytes: archive[$0] ?? []) }
            guard packed != files else { return [] }
            seen = "\(firstDifference(files, packed)) of \(solution) is not the same in \(artifact.fileName)"
        } else {
            guard !files.contains(where: { $0.bytes == artifact.bytes }) else { return [] }
            seen = "\(artifact.fileName) of \(solution) is none of the rendered files"
        }
        return [
            Finding(
                expected: "the artifact holds what render returns",
                seen: seen,
                remedy: "Make the artifact of what render returns"
            )
        ]
    }

    private static func firstDifference(_ first: [RenderedFile], _ second: [RenderedFile]) -> String {
        let others = Dictionary(second.map { ($0.path, $0.bytes) }) { $1 }
        if let file = first.first(where: { others[$0.path] != $0.bytes }) { return file.path }
        let paths = Set(first.map(\.path))
        return second.first { !paths.contains($0.path) }?.path ?? "the order"
    }
}
