/// A part of a drawing that is laid out for itself, from 0, 0 on.
protocol GraphPart {
    var boxes: [GraphLayout.Box] { get }
    var lines: [GraphLayout.Line] { get }
    var width: Double { get }
    var height: Double { get }
}
