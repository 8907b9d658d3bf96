/// Packs blocks, rows of vertices that share one height, as tightly as their distances allow; then each is pulled as
/// close to what lies behind it as it can go.
struct BlockPacking {
    /// The height of each vertex.
    let heights: [Double]

    /// - Parameters:
    ///   - roots: per vertex, the one that stands for its block.
    ///   - separation: the least distance between two neighbours of a layer.
    init(layers: [[Int]], roots: [Int], separation: (Int, Int) -> Double) {
        var after = [[(block: Int, distance: Double)]](repeating: [], count: roots.count)
        var waiting = [Int](repeating: 0, count: roots.count)
        for layer in layers {
            for (first, second) in zip(layer, layer.dropFirst()) {
                after[roots[first]].append((roots[second], separation(first, second)))
                waiting[roots[second]] += 1
            }
        }
        var order = roots.indices.filter { roots[$0] == $0 && waiting[$0] == 0 }
        var places = [Double](repeating: 0, count: roots.count)
        var next = 0
        while next < order.count {
            let block = order[next]
            next += 1
            for (other, distance) in after[block] {
                places[other] = max(places[other], places[block] + distance)
                waiting[other] -= 1
                if waiting[other] == 0 { order.append(other) }
            }
        }
        for block in order.reversed() {
            guard let nearest = after[block].map({ places[$0.block] - $0.distance }).min() else { continue }
            places[block] = max(places[block], nearest)
        }
        heights = roots.map { places[$0] }
    }
}
