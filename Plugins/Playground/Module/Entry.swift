import Playground
import TargetContract

@c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer { export(PlaygroundTarget.self, note: note) }
