/// The functions of a shared library by where they begin, also those that it does not export; for backtraces.
struct SymbolTable {
    private struct Function {
        let start: UInt64
        let size: UInt64
        /// Where the name begins in the file.
        let name: Int
    }

    private let bytes: [UInt8]
    private var functions: [Function] = []

    private static let symbolTable: UInt32 = 2
    private static let function: UInt8 = 2
    private static let longestName = 4096

    /// Reads the section `.symtab`, of which the format permits one; a library without it has no functions here.
    /// - Throws: `ELFError` for a file that is cut short or malformed.
    init(parsing bytes: [UInt8]) throws(ELFError) {
        self.bytes = bytes
        let reader = ByteReader(bytes: bytes)
        let sections = try reader.integer(UInt64.self, at: 40, of: "ELF header")
        let size = UInt64(try reader.integer(UInt16.self, at: 58, of: "ELF header"))
        let count = UInt64(try reader.integer(UInt16.self, at: 60, of: "ELF header"))
        guard size == 64 || count == 0 else { throw .malformed("a section header has \(size) bytes") }
        let headers = try reader.range(at: sections, count: size * count, of: "section headers")
        for header in stride(from: UInt64(headers.lowerBound), to: UInt64(headers.upperBound), by: 64) {
            let type = try reader.integer(UInt32.self, at: header + 4, of: "section headers")
            guard type == Self.symbolTable else { continue }
            let link = UInt64(try reader.integer(UInt32.self, at: header + 40, of: "section headers"))
            guard link < count else { throw .malformed("a symbol table names section \(link) of \(count)") }
            let namesHeader = UInt64(headers.lowerBound) + link * size
            let names = try reader.integer(UInt64.self, at: namesHeader + 24, of: "section headers")
            let start = try reader.integer(UInt64.self, at: header + 24, of: "section headers")
            let length = try reader.integer(UInt64.self, at: header + 32, of: "section headers")
            let table = try reader.range(at: start, count: length, of: "symbols")
            functions = try Self.functions(reader, table, names: names)
            break
        }
        functions.sort { $0.start < $1.start }
    }

    /// A symbol is 24 bytes: name, kind, two bytes of no interest here, address, size.
    private static func functions(_ reader: ByteReader, _ table: Range<Int>, names: UInt64) throws(ELFError)
        -> [Function]
    {
        var functions: [Function] = []
        for symbol in stride(from: UInt64(table.lowerBound), to: UInt64(table.upperBound), by: 24)
        where symbol + 24 <= UInt64(table.upperBound) {
            guard reader.bytes[Int(symbol) + 4] & 0xf == function else { continue }
            let offset = UInt64(try reader.integer(UInt32.self, at: symbol, of: "symbols"))
            let (name, overflows) = names.addingReportingOverflow(offset)
            let start = try reader.integer(UInt64.self, at: symbol + 8, of: "symbols")
            let size = try reader.integer(UInt64.self, at: symbol + 16, of: "symbols")
            guard start > 0, size > 0, !overflows, name < UInt64(reader.bytes.count) else { continue }
            functions.append(Function(start: start, size: size, name: Int(name)))
        }
        return functions
    }

    /// The name of the function that an address lies in; nil where it lies in none.
    func name(at address: UInt64) -> String? {
        var low = 0
        var high = functions.count
        while low < high {
            let middle = (low + high) / 2
            if functions[middle].start <= address { low = middle + 1 } else { high = middle }
        }
        guard low > 0, address - functions[low - 1].start < functions[low - 1].size else { return nil }
        let name = bytes[functions[low - 1].name...].prefix(Self.longestName)
        return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
}
