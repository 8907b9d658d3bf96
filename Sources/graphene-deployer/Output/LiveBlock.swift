/// Lines at the end of a terminal that are drawn anew in place. Makes the bytes that lead from one picture to the next
/// (ECMA-48). Pure.
///
/// The cursor always rests at the beginning of the line below the block, and nothing about the terminal is changed: a
/// process that ends at any moment leaves it in order.
struct LiveBlock {
    private var drawn: [ScreenLine] = []

    /// Takes the block off the screen.
    /// - Parameter width: of the terminal now. Where that has become too narrow for what was drawn, terminals differ in
    ///   what they make of it; the old block then stays, and nothing above it is lost.
    mutating func erasing(width: Int) -> String {
        defer { drawn = [] }
        guard !drawn.isEmpty, drawn.allSatisfy({ $0.width < width }) else { return "" }
        return "\u{1B}[\(drawn.count)A\r\u{1B}[J"
    }

    /// Puts the block where the cursor is.
    mutating func drawing(_ lines: [ScreenLine], isColoured: Bool) -> String {
        drawn = lines
        return Self.text(of: lines, isColoured: isColoured)
    }

    /// Lines that stay.
    static func text(of lines: [ScreenLine], isColoured: Bool) -> String {
        lines.map { (isColoured ? $0.coloured : $0.plain) + "\n" }.joined()
    }

    /// The next picture: lines that stay, and the block below them.
    mutating func frame(above: [ScreenLine], _ lines: [ScreenLine], width: Int, isColoured: Bool) -> String {
        let isSame = above.isEmpty && lines == drawn && drawn.allSatisfy { $0.width < width }
        guard !isSame else { return "" }
        let before = erasing(width: width)
        return before + Self.text(of: above, isColoured: isColoured) + drawing(lines, isColoured: isColoured)
    }
}
