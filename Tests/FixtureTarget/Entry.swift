import TargetContract

@c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer { export(FixtureTarget.self, note: note) }
