/// The measures of a drawing, in CSS pixels at its natural size. The font sizes are those of graph.css.
enum GraphMetrics {
    static let nameSize = 13.0
    static let smallSize = 11.0
    static let stateSize = 11.5

    static let padding = 16.0
    static let narrowestBox = 168.0
    static let widestBox = 244.0
    /// The height of a box with name and second line.
    static let boxHeight = 60.0
    /// What the line with the state adds.
    static let stateHeight = 26.0
    /// How far a folder's tab stands out above its body.
    static let tabHeight = 10.0
    static let barHeight = 48.0

    static let widestLabel = 200.0
    /// Half the height of an edge's label: a text above the line and one below.
    static let labelReach = 19.0
    /// The least distance between two lines, between two labels, and between two boxes of a layer.
    static let lineGap = 12.0
    static let labelGap = 8.0
    static let boxGap = 28.0
    /// The least and the largest distance between two layers.
    static let narrowestLayerGap = 40.0
    static let widestLayerGap = 110.0
    /// Between parts of the drawing that have nothing to do with each other.
    static let partGap = 44.0
    static let margin = 28.0

    /// The distance of two lines at the side of a box, where there is room.
    static let portGap = 46.0
    /// The least distance, for which a box grows up to `mostGrownPorts` lines.
    static let narrowPortGap = 14.0
    static let mostGrownPorts = 24
    static let loopRise = 24.0
    static let arrowLength = 9.0

    /// The height that a box needs for so many lines at one side.
    static func height(forPorts count: Int) -> Double {
        narrowPortGap * Double(min(count, mostGrownPorts) - 1) + 24
    }

    /// Where the lines at a side of a box meet it, relative to its middle.
    static func ports(_ count: Int, height: Double) -> [Double] {
        guard count > 1 else { return [0] }
        let gap = min(portGap, (height - 24) / Double(count - 1))
        return (0..<count).map { (Double($0) - Double(count - 1) / 2) * gap }
    }
}
