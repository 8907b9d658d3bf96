import Foundation
import FoundationXML
import Testing

@testable import DeployerHost

/// The elements of a drawing, as an XML parser reads them.
final class ParsedDrawing: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    /// - Throws: where the drawing is no well-formed XML.
    init(_ graph: PipelineGraph) throws {
        super.init()
        let parser = XMLParser(data: Data(GraphDrawing(graph).svg.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func elements(_ name: String, style: String? = nil) -> [Element] {
        elements.filter { element in
            let styles = (element.attributes["class"] ?? "").split(separator: " ")
            return element.name == name && (style.map { styles.contains($0[...]) } ?? true)
        }
    }

    /// The texts of a class.
    func texts(_ style: String) -> [String] { elements("text", style: style).map(\.text) }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard let last = open.last else { return }
        elements[last].text += text
    }
}
