internal import Documents

/// Which fields are refused, and what is said of them.
enum FieldRules {
    /// Refuses the first field that is not on the list.
    static func requireOnly(_ known: Set<String>, in object: DocumentObject, at path: String) throws(KubeconfigError) {
        for member in object.members where !known.contains(member.key) {
            let field = path.isEmpty ? shown(member.key) : "\(path).\(shown(member.key))"
            // Off is what it is anyway.
            if member.key == "insecure-skip-tls-verify", member.value == .bool(false) { continue }
            let (why, remedy) = refusal(of: member.key)
            throw KubeconfigError(field: field, why: why, remedy: remedy)
        }
    }

    private static func refusal(of key: String) -> (String, String) {
        switch key {
        case "exec", "auth-provider":
            (
                "it would run a program on this server, which is never done",
                "Take a kubeconfig with an inline client certificate or a token, as openstack coe cluster config makes "
                    + "it without --use-keystone"
            )
        case "certificate-authority", "client-certificate", "client-key":
            (
                "it names a file, and files of this server are never read",
                "Take a kubeconfig with \(key)-data; kubectl config view --flatten --minify makes one"
            )
        case "tokenFile":
            ("it names a file, and files of this server are never read", "Put the token itself into the field token")
        case "proxy-url":
            ("connections through somebody's proxy are not made", "Remove it; the cluster is called directly")
        case "insecure-skip-tls-verify":
            ("the server's certificate is always checked", "Remove it and add certificate-authority-data")
        case "username", "password":
            ("basic authentication is not accepted", "Take a kubeconfig with a client certificate or a token")
        case _ where key.hasPrefix("as"):
            ("acting as another user is not accepted", "Take a kubeconfig of that user")
        default: ("this field is not known", "Remove it")
        }
    }

    /// A name from the text, short and printable.
    static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(60)))
    }

    /// The bytes of a base64 field; blanks and line ends in it do not count.
    static func data(_ object: DocumentObject, _ key: String, at path: String) throws(KubeconfigError) -> [UInt8]? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let text = value.string, let bytes = Base64Reader.decode(text.utf8), !bytes.isEmpty else {
            throw KubeconfigError(
                field: "\(path).\(key)",
                why: "it is not base64",
                remedy: "Paste the file unchanged; editors and chats like to break long lines"
            )
        }
        return bytes
    }
}

/// Base64 (RFC 4648, section 4), padded or not.
enum Base64Reader {
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        var isPadded = false
        for byte in text {
            if [9, 10, 13, 32].contains(byte) { continue }
            if byte == UInt8(ascii: "=") {
                isPadded = true
                continue
            }
            guard !isPadded, let digit = value(of: byte) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 1
            if count % 4 == 0 {
                bytes += [
                    UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
                    UInt8(truncatingIfNeeded: bits),
                ]
            }
        }
        switch count % 4 {
        case 1: return nil
        case 2: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3: bytes += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: break
        }
        return bytes
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
