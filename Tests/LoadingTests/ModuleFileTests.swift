import Foundation
import TargetContract
import Testing

@testable import DeployerHost

@Suite struct ModuleFileTests {
    @Test func `a file that is exchanged between check and dlopen is refused`() throws {
        let folder = try ModuleFolder()
        try folder.add("WellBehaved", as: "Subject")
        let path = folder.path + "/libSubject.so"
        var inspection = ModuleInspection(file: path)
        let module = try ModuleInspector().verify(path, sha256: nil, noting: &inspection)
        try FileManager.default.removeItem(atPath: path)
        try folder.add("Eager", as: "Subject")
        let problem = #expect(throws: ModuleProblem.self) { try ModuleLibrary(opening: module) }
        #expect(
            problem?.sentence
                == "libSubject.so was exchanged while it was checked, the same file is expected: start again"
        )
    }

    @Test func `a refused file is closed`() throws {
        let folder = try ModuleFolder()
        try folder.write("hello".utf8, as: "Subject")
        try folder.setMode(0o666, of: "libSubject.so")
        let path = folder.path + "/libSubject.so"
        for _ in 0..<5 { #expect(!ModuleInspector().inspect(path).isAcceptable) }
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let open = descriptors.compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)
        }
        #expect(!open.contains(path))
    }

    @Test(arguments: [
        "/x/libLocalYAML.so.1", "/x/LocalYAML.so", "/x/lib.so", "/x/liba-b.so", "/x/", "", "libA.so\0/libB.so",
    ])
    func `a file that could not be configured is not verified`(path: String) {
        let inspection = ModuleInspector().inspect(path)
        #expect(inspection.problems.map(\.stage) == [.file])
        #expect(inspection.problems.allSatisfy { $0.sentence.contains("lib<Module>.so is expected") })
    }

    @Test func `folders are searched in the order executable, configuration, installation`() throws {
        let path = ModuleSearchPath(executable: "/opt/graphene/bin/graphene-deployer", configured: ["/etc/targets"])
        #expect(
            path.folders == ["/opt/graphene/bin", "/etc/targets", "/opt/graphene/bin/targets"]
        )
        let first = try ModuleFolder()
        let second = try ModuleFolder()
        let search = ModuleSearchPath(executable: first.path + "/host", configured: [second.path])
        try second.write([1], as: "Subject")
        #expect(try search.locate("libSubject.so") == second.path + "/libSubject.so")
        try first.write([1], as: "Subject")
        #expect(try search.locate("libSubject.so") == first.path + "/libSubject.so")
    }
}
