/// Cells in columns. Pure.
enum AlignedText {
    /// One line for each row; all columns but the last are as wide as their widest cell.
    /// - Parameter width: longer lines are cut; nil for none.
    static func lines(_ rows: [[String]], width: Int? = nil) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.compactMap { $0.indices.contains(column + 1) ? $0[column].displayWidth : nil }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell.padded(to: widths[column])
            }
            let line = ScreenLine([.init(cells.joined(separator: "  "))])
            return width.map { line.cut(to: $0) }?.plain ?? line.plain
        }
    }
}
