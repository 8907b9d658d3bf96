/// Up to which size a pipeline is drawn in full. Beyond, less is drawn and the drawing says so.
enum GraphLimits {
    /// Boxes beyond are left out.
    static let nodes = 1_000
    /// With more lines than this none is drawn: nobody could follow them.
    static let edges = 1_500
    /// How many corner points all lines together may have, which bounds time and size.
    static let vertices = 40_000
    /// How many lines a tuning step may look at, over all of its rounds.
    static let sweptSegments = 240_000
}
