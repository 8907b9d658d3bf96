public import Documents

/// What watches have told of a namespace so far. A value: it changes by events only.
public struct NamespaceSnapshot: Sendable {
    private var objects: [ObjectKind: [String: Document]] = [:]

    public init() {}

    /// Takes over what a watch of a kind told.
    public mutating func apply(_ event: WatchEvent, _ kind: ObjectKind) {
        switch event {
        case .reset(let items):
            objects[kind] = Dictionary(items.map { ($0.objectName, $0) }, uniquingKeysWith: { $1 })
        case .changed(let object): objects[kind, default: [:]][object.objectName] = object
        case .deleted(let object): objects[kind]?[object.objectName] = nil
        case .interrupted: break
        }
    }

    /// An object by its name.
    public func object(_ kind: ObjectKind, _ name: String) -> Document? { objects[kind]?[name] }

    /// All objects of a kind, in the order of their names.
    public func all(_ kind: ObjectKind) -> [Document] {
        (objects[kind] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    }

    /// The objects of a kind whose controller has that uid.
    public func owned(_ kind: ObjectKind, by uid: String) -> [Document] {
        all(kind).filter { object in
            (object["metadata"]?["ownerReferences"]?.array ?? []).contains {
                $0["uid"]?.string == uid && $0["controller"]?.bool == true
            }
        }
    }

    /// What the cluster wrote about an object, the newest first.
    public func events(about uid: String) -> [Document] {
        all(.event).filter { $0["involvedObject"]?["uid"]?.string == uid }
            .sorted { ($0.eventTime, $0.objectName) > ($1.eventTime, $1.objectName) }
    }

    /// Grows with every sign of progress: images pulled, containers started, objects made. Restarts and warnings do
    /// not count.
    public var progress: Int {
        let events = all(.event).filter { event in
            event["type"]?.string != "Warning"
                && [
                    "Scheduled", "Pulling", "Pulled", "Created", "Started", "ProvisioningSucceeded", "SuccessfulCreate",
                ]
                .contains(event["reason"]?.string ?? "")
        }
        let ready = all(.deployment).reduce(0) { $0 + ($1["status"]?["readyReplicas"]?.integer ?? 0) }
        let bound = all(.claim).count { $0["status"]?["phase"]?.string == "Bound" }
        // A container that crashes writes Started each time; its count is left out by counting events, not repeats.
        return events.count + ready + bound
    }
}

extension Document {
    var objectName: String { self["metadata"]?["name"]?.string ?? "" }
    var uid: String { self["metadata"]?["uid"]?.string ?? "" }

    /// When an event was seen last, as the API writes it: comparable as text.
    fileprivate var eventTime: String {
        self["lastTimestamp"]?.string ?? self["eventTime"]?.string ?? self["metadata"]?["creationTimestamp"]?.string
            ?? ""
    }

    /// The condition of a type.
    func condition(_ type: String) -> Document? {
        self["status"]?["conditions"]?.array?.first { $0["type"]?.string == type }
    }
}
