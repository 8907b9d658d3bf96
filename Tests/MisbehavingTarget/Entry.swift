import TargetContract

@c(graphene_target_entry_v1) public func entry() -> UnsafeRawPointer {
    Misbehaviour.happens(in: "entry")
    return export(MisbehavingTarget.self, note: note)
}

/// Runs while the library is being opened.
@section(".init_array") @used let whileOpening: @convention(c) () -> Void = { Misbehaviour.happens(in: "opening") }
