internal import Documents

/// An event of the core API, as far as the rules look at it.
struct ClusterEvent {
    /// The name of the Event object.
    let name: String
    let reason: String
    let message: String
    let isWarning: Bool
    /// How often it was seen.
    let count: Int
    /// When it was seen last, in seconds since 1970; 0 where that is unknown.
    let time: Int64
    let objectUID: String
    /// The part of the object, for instance `spec.containers{model}`.
    let field: String

    init(_ document: Document) {
        name = document.name ?? ""
        reason = document["reason"]?.string ?? ""
        message = document.words("message")
        isWarning = document["type"]?.string == "Warning"
        count = document["count"]?.integer ?? document["series"]?["count"]?.integer ?? 1
        let times = [
            document["lastTimestamp"], document["series"]?["lastObservedTime"], document["eventTime"],
            document["firstTimestamp"], document["metadata"]?["creationTimestamp"],
        ]
        time = times.lazy.compactMap { $0?.string }.compactMap(Timestamp.unixSeconds).first ?? 0
        objectUID = document["involvedObject"]?["uid"]?.string ?? ""
        field = document["involvedObject"]?["fieldPath"]?.string ?? ""
    }
}
