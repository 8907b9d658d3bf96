/// The layers of a part and the ways of its lines through them, before anything has a place.
struct PartSkeleton {
    private(set) var graph = LayeredGraph()
    /// A chain per link. The vertices of the nodes come first in `graph`, in the order of the part.
    private(set) var chains: [Chain] = []

    /// The way of a line.
    struct Chain {
        /// The edge's index.
        let edge: Int
        /// From left to right.
        var segments: [Int] = []
        /// The vertex with the label.
        var label: Int?
        /// Whether the line goes from right to left.
        let isReversed: Bool
    }

    /// - Parameter most: how many vertices there may be; nil where the lines would need more.
    init?(graph: PipelineGraph, part: GraphLinks.Part, sizes: BoxSizes, most: Int) {
        let layers = Self.layers(of: part, in: graph)
        let places = Dictionary(uniqueKeysWithValues: part.nodes.enumerated().map { ($1, $0) })
        let ends = part.links.compactMap { link -> (link: GraphLinks.Link, from: Int, to: Int)? in
            guard let from = places[link.from], let to = places[link.to] else { return nil }
            return (link, from, to)
        }
        let needed = ends.reduce(part.nodes.count) { $0 + abs(layers[$1.from] - layers[$1.to]) - 1 }
        guard needed <= most else { return nil }
        addNodes(part, layers: layers, ends: ends.map { ($0.from, $0.to) }, graph: graph, sizes: sizes)
        for end in ends {
            addChain(graph.edges[end.link.edge], index: end.link.edge, from: end.from, to: end.to, layers: layers)
        }
    }

    /// The layer of each node of the part: even for containers, odd for folders, which stand between.
    private static func layers(of part: GraphLinks.Part, in graph: PipelineGraph) -> [Int] {
        let containers = part.nodes.filter { graph.nodes[$0].kind != .sharedFolder }
        let places = Dictionary(uniqueKeysWithValues: containers.enumerated().map { ($1, $0) })
        let links = part.links.compactMap { link -> (from: Int, to: Int)? in
            guard let from = places[link.from], let to = places[link.to] else { return nil }
            return (from, to)
        }
        let removal = CycleRemoval(nodeCount: containers.count, links: links)
        let directed = zip(links, removal.isReversed).map { link, isReversed in
            isReversed ? (from: link.to, to: link.from) : link
        }
        let assigned = LayerAssignment(nodeCount: containers.count, links: directed).layers
        return withFolders(part, places: places, isLinked: Set(links.flatMap { [$0.from, $0.to] }), layers: assigned)
    }

    /// Puts folders between their containers, and containers that only mount a folder beside it.
    private static func withFolders(
        _ part: GraphLinks.Part, places: [Int: Int], isLinked: Set<Int>, layers assigned: [Int]
    ) -> [Int] {
        let last = 2 * (assigned.max() ?? 0)
        var neighbours: [Int: [Int]] = [:]
        var folders: [Int: Int] = [:]
        for link in part.links where (places[link.from] == nil) != (places[link.to] == nil) {
            let (folder, container) = places[link.from] == nil ? (link.from, link.to) : (link.to, link.from)
            folders[container] = folders[container] ?? folder
            if let place = places[container], isLinked.contains(place) {
                neighbours[folder, default: []].append(2 * assigned[place])
            }
        }
        let between = part.nodes.filter { places[$0] == nil }.map { folder in
            (folder, LayerAssignment.layerBetween(neighbours[folder] ?? [], last: last))
        }
        let folderLayers = Dictionary(uniqueKeysWithValues: between)
        return part.nodes.map { node in
            guard let place = places[node] else { return folderLayers[node] ?? 1 }
            guard !isLinked.contains(place), let folder = folders[node], let layer = folderLayers[folder] else {
                return 2 * assigned[place]
            }
            return layer < last ? layer + 1 : layer - 1
        }
    }

    private mutating func addNodes(
        _ part: GraphLinks.Part,
        layers: [Int],
        ends: [(from: Int, to: Int)],
        graph pipeline: PipelineGraph,
        sizes: BoxSizes
    ) {
        var ports = [(left: Int, right: Int)](repeating: (0, 0), count: part.nodes.count)
        for end in ends {
            let isForward = layers[end.from] < layers[end.to]
            ports[isForward ? end.from : end.to].right += 1
            ports[isForward ? end.to : end.from].left += 1
        }
        for (place, node) in part.nodes.enumerated() {
            let kind = pipeline.nodes[node].kind
            let size = sizes.size(of: kind, ports: max(ports[place].left, ports[place].right))
            let reach = (size.height - sizes.tab(of: kind)) / 2
            _ = graph.add(
                LayeredGraph.Vertex(
                    layer: layers[place],
                    width: size.width,
                    above: reach + sizes.tab(of: kind) + SelfLoops.rise(part.loops[node]?.count ?? 0),
                    below: reach,
                    gap: GraphMetrics.boxGap,
                    isPassage: false
                )
            )
        }
    }

    private mutating func addChain(_ edge: PipelineGraph.Edge, index: Int, from: Int, to: Int, layers: [Int]) {
        let isReversed = layers[from] > layers[to]
        let (left, right) = isReversed ? (to, from) : (from, to)
        var chain = Chain(edge: index, isReversed: isReversed)
        // Beside the box that the line leaves: who scrolls through a wide drawing sees where a long line begins.
        let labelLayer = isReversed ? layers[right] - 1 : layers[left] + 1
        var previous = left
        for layer in (layers[left] + 1)..<max(layers[left] + 1, layers[right]) {
            let label = layer == labelLayer ? EdgeLabel(edge) : nil
            let reach = label == nil ? 0 : GraphMetrics.labelReach
            let vertex = graph.add(
                LayeredGraph.Vertex(
                    layer: layer,
                    width: label?.width ?? 0,
                    above: reach,
                    below: reach,
                    gap: label == nil ? GraphMetrics.lineGap : GraphMetrics.labelGap,
                    isPassage: true
                )
            )
            if label != nil { chain.label = vertex }
            chain.segments.append(graph.join(previous, vertex))
            previous = vertex
        }
        chain.segments.append(graph.join(previous, right))
        chains.append(chain)
    }
}
