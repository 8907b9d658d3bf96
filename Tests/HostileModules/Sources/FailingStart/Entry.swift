import TargetContract

@c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer { export(FailingStartTarget.self, note: note) }
