/// A graph whose lines all join neighbouring layers: longer ones lead through vertices of their own, one of which
/// carries the label. Nodes stand in the even layers, labels and shared folders in the odd ones between.
struct LayeredGraph {
    /// A box, a label, or a point through which a line passes.
    struct Vertex {
        let layer: Int
        let width: Double
        /// How far it reaches up and down from the height at which lines pass.
        let above: Double
        let below: Double
        /// What it keeps free around itself.
        let gap: Double
        /// Whether a line passes through, as it does through all but boxes.
        let isPassage: Bool
    }

    /// A piece of a line from a layer to the next.
    struct Segment {
        let left: Int
        let right: Int
    }

    private(set) var vertices: [Vertex] = []
    private(set) var segments: [Segment] = []
    /// The vertices of each layer, from top to bottom.
    var layers: [[Int]] = []

    mutating func add(_ vertex: Vertex) -> Int {
        while layers.count <= vertex.layer { layers.append([]) }
        layers[vertex.layer].append(vertices.count)
        vertices.append(vertex)
        return vertices.count - 1
    }

    mutating func join(_ left: Int, _ right: Int) -> Int {
        segments.append(Segment(left: left, right: right))
        return segments.count - 1
    }

    /// The segments to the left or right of each vertex.
    func adjacency(_ side: Side) -> [[Int]] {
        var result = [[Int]](repeating: [], count: vertices.count)
        for (index, segment) in segments.enumerated() {
            result[side == .left ? segment.right : segment.left].append(index)
        }
        return result
    }

    /// A vertex's place within its layer.
    func positions() -> [Int] {
        var result = [Int](repeating: 0, count: vertices.count)
        for layer in layers {
            for (position, vertex) in layer.enumerated() { result[vertex] = position }
        }
        return result
    }

    /// How far apart the middles of two vertices have to be.
    func separation(_ upper: Int, _ lower: Int) -> Double {
        vertices[upper].below + max(vertices[upper].gap, vertices[lower].gap) + vertices[lower].above
    }

    /// A direction along the layers.
    enum Side {
        case left, right

        var opposite: Side { self == .left ? .right : .left }
    }
}
