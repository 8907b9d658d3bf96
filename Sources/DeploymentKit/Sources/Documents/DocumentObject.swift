/// An ordered mapping from member names to values.
///
/// Small objects are searched from the front; from 16 members on an index is kept, so that both a blueprint's
/// nodes and a hostile object with a hundred thousand members are found in constant time.
public struct DocumentObject: Sendable {
    /// One member: its name and its value.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public var key: String
        /// What it holds.
        public var value: Document

        /// Takes over the parts as they are.
        public init(key: String, value: Document) {
            self.key = key
            self.value = value
        }
    }

    /// The members in their order.
    public private(set) var members: [Member] = []
    private var index: [String: Int] = [:]
    private static let indexThreshold = 16

    /// An object without members.
    public init() {}

    /// Whether there are no members.
    public var isEmpty: Bool { members.isEmpty }
    /// The number of members.
    public var count: Int { members.count }
    /// The names of the members in their order.
    public var keys: [String] { members.map(\.key) }

    /// Reads, replaces in place, appends, or (with nil) removes a member.
    public subscript(key: String) -> Document? {
        get { position(of: key).map { members[$0].value } }
        set {
            switch (position(of: key), newValue) {
            case (let found?, let value?): members[found].value = value
            case (let found?, nil): remove(at: found)
            case (nil, let value?): append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        if members.count < Self.indexThreshold {
            return members.firstIndex { $0.key == key }
        }
        return index[key]
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        if members.count == Self.indexThreshold {
            reindex()
        } else if members.count > Self.indexThreshold {
            index[member.key] = members.count - 1
        }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        reindex()
    }

    private mutating func reindex() {
        index = [:]
        guard members.count >= Self.indexThreshold else { return }
        for (position, member) in members.enumerated() { index[member.key] = position }
    }
}

extension DocumentObject: Hashable {
    /// Whether both have equal members in one order.
    public static func == (left: DocumentObject, right: DocumentObject) -> Bool { left.members == right.members }
    /// Hashes the members in their order.
    public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension DocumentObject: ExpressibleByDictionaryLiteral {
    /// An object with the members in the order written; of two equal names the last one counts.
    public init(dictionaryLiteral elements: (String, Document)...) {
        for (key, value) in elements { self[key] = value }
    }
}
