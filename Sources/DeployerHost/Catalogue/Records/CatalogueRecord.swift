internal import Documents

/// A record of the Common Data Service, as far as a deployment needs it. Members may be null unless said otherwise.
protocol CatalogueRecord {
    /// What a message calls such a record.
    static var noun: String { get }

    /// Nil if a member that must be there is not, or is of another kind.
    init?(_ document: Document)
}

extension CatalogueRecord {
    /// Reads a record.
    /// - Throws: `invalidData` if it is none.
    static func read(_ document: Document) throws(CatalogueError) -> Self {
        guard let record = Self(document) else {
            throw .invalid(
                what: "The catalogue's record of \(noun) can't be used",
                why: "a member is missing or of a wrong kind"
            )
        }
        return record
    }

    /// Reads a list of records.
    static func readList(_ document: Document) throws(CatalogueError) -> [Self] {
        guard let elements = document.array else {
            throw .invalid(what: "The catalogue's list for \(noun) can't be used", why: "it is \(document.kindName)")
        }
        var records: [Self] = []
        for element in elements { records.append(try read(element)) }
        return records
    }
}

extension CatalogueError {
    /// Data of the platform that is not what it should be.
    static func invalid(node: String? = nil, what: String, why: String) -> CatalogueError {
        CatalogueError(
            .invalidData,
            node: node,
            what: what,
            why: why,
            remedy: "Ask the operator of the platform to look at this solution's entry"
        )
    }
}

/// A solution: a single model or a pipeline.
struct SolutionRecord: CatalogueRecord {
    static let noun = "the solution"

    let name: String
    let isActive: Bool
    let isComposite: Bool

    init?(_ document: Document) {
        guard let object = document.object, let name = object["name"]?.string else { return nil }
        self.name = name
        isActive = object["active"] != .bool(false)
        isComposite = object["toolkitTypeCode"]?.string?.lowercased() == "cp"
    }
}

/// A revision of a solution.
struct RevisionRecord: CatalogueRecord {
    static let noun = "the revision"

    let solutionID: String
    let version: String

    init?(_ document: Document) {
        guard let object = document.object, let solution = object["solutionId"]?.string else { return nil }
        solutionID = solution
        version = object["version"]?.string ?? ""
    }
}

/// A file or an image that belongs to a revision.
struct ArtifactRecord: CatalogueRecord, Hashable {
    static let noun = "an artifact"

    let type: String
    let name: String
    /// A path in Nexus, or for DI and DP an image reference; empty where the record has none.
    let uri: String
    /// When it was last changed, in a form that sorts by time; empty where the record does not say.
    let modified: String

    init?(_ document: Document) {
        guard let object = document.object, let type = object["artifactTypeCode"]?.string else { return nil }
        self.type = type
        name = object["name"]?.string ?? ""
        uri = object["uri"]?.string ?? ""
        let time = object["modified"]?.string ?? object["created"]?.string ?? ""
        // Without the Z a time with a fraction sorts behind the same one without.
        modified = time.hasSuffix("Z") ? String(time.dropLast()) : time
    }
}

/// How many ways lead a user to a solution; 0 means no access.
struct AccessRecord: CatalogueRecord {
    static let noun = "the access check"

    let count: Int

    init?(_ document: Document) {
        guard let count = document["count"]?.integer else { return nil }
        self.count = count
    }
}

/// A user of the platform.
struct UserRecord: CatalogueRecord {
    static let noun = "the user"

    let isActive: Bool

    init?(_ document: Document) {
        guard let object = document.object else { return nil }
        isActive = object["active"] != .bool(false)
    }
}

/// One of the platform's catalogs that a solution is published in.
struct CatalogRecord: CatalogueRecord {
    static let noun = "a catalog"

    let isPublic: Bool

    init?(_ document: Document) {
        guard let object = document.object else { return nil }
        isPublic = object["accessTypeCode"]?.string == "PB"
    }
}
