/// The lines of operations whose output goes back to their own container: arches above the box, one inside the other.
enum SelfLoops {
    private static let step = 12.0
    private static let narrowest = 40.0

    /// The height that so many loops and their labels take.
    static func rise(_ count: Int) -> Double {
        count == 0 ? 0 : Double(count) * GraphMetrics.loopRise + GraphMetrics.loopRise
    }

    /// - Parameter frame: the box.
    static func lines(_ edges: [Int], above frame: GraphLayout.Rect) -> [GraphLayout.Line] {
        let outermost = frame.width / 2 - GraphMetrics.padding
        let step = edges.count > 1 ? min(Self.step, (outermost - narrowest) / Double(edges.count - 1)) : 0
        return edges.enumerated().map { place, edge in
            let reach = outermost - step * Double(edges.count - 1 - place)
            let y = frame.y - Double(place + 1) * GraphMetrics.loopRise
            return GraphLayout.Line(
                edge: edge,
                points: [
                    GraphLayout.Point(x: frame.midX + reach, y: frame.y),
                    GraphLayout.Point(x: frame.midX + reach, y: y),
                    GraphLayout.Point(x: frame.midX - reach, y: y),
                    GraphLayout.Point(x: frame.midX - reach, y: frame.y),
                ],
                label: GraphLayout.Rect(
                    x: frame.midX - reach + 4, y: y - GraphMetrics.loopRise + 6, width: 2 * reach - 8,
                    height: GraphMetrics.loopRise - 6),
                isLoop: true
            )
        }
    }
}
