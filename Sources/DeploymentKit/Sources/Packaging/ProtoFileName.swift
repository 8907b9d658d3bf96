/// The file name of a single model's protobuf file, made of the name its artifact has in the catalogue.
enum ProtoFileName {
    /// Letters, digits, dots, underscores and dashes of the name's last component; the fallback where too little is left.
    static func safe(_ name: String, fallback: String) -> String {
        let component = name.split(separator: "/").last.map(String.init) ?? ""
        var kept = String(
            component.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }.prefix(100))
        while kept.hasPrefix(".") || kept.hasPrefix("-") { kept.removeFirst() }
        guard kept.count > ".proto".count, kept.hasSuffix(".proto") else { return "\(fallback).proto" }
        return kept
    }
}
