/// The words of an error page.
enum MarkupRemoval {
    /// The text without tags, and without what titles, styles and scripts hold. A `<` that begins no tag stays.
    static func text(of page: String) -> String {
        var text = ""
        var rest = page[...]
        while let begin = rest.firstIndex(of: "<") {
            let inside = rest[rest.index(after: begin)...]
            guard let first = inside.first, first.isLetter || "/!?".contains(first),
                let end = inside.firstIndex(of: ">")
            else {
                text += rest[...begin]
                rest = inside
                continue
            }
            text += rest[..<begin] + " "
            rest = rest[rest.index(after: end)...]
            let name = inside.prefix(while: \.isLetter).lowercased()
            if ["script", "style", "title"].contains(name) { rest = Self.rest(rest, behind: "</\(name)") }
        }
        return text + rest
    }

    private static func rest(_ text: Substring, behind tag: String) -> Substring {
        var rest = text
        while let begin = rest.firstIndex(of: "<"), rest[begin...].prefix(tag.count).lowercased() != tag {
            rest = rest[rest.index(after: begin)...]
        }
        return rest.drop { $0 != "<" }
    }
}
