import Testing

/// Forms as programs send them: a text, a secret, a file, and a file input without a file.
struct BrowserBody: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let contentType: String
    let body: [UInt8]

    private init(_ sender: String, boundary: String, quoted: Bool = false, fileType: String, _ parts: String...) {
        testDescription = sender
        contentType = "multipart/form-data; boundary=" + (quoted ? "\"\(boundary)\"" : boundary)
        let text = parts.map { "--\(boundary)\r\n\($0)\r\n" }.joined() + "--\(boundary)--\r\n"
        body = Array(text.replacing("FILETYPE", with: fileType).utf8)
    }

    private static let namespace = "Content-Disposition: form-data; name=\"namespace\"\r\n\r\nberth"
    private static let password = "Content-Disposition: form-data; name=\"password\"\r\n\r\nMARKED-SECRET"
    private static let file =
        "Content-Disposition: form-data; name=\"kubeconfig\"; filename=\"kube.yaml\"\r\n"
        + "Content-Type: FILETYPE\r\n\r\na: ü\r\nb: 2\r\n"
    private static let noFile =
        "Content-Disposition: form-data; name=\"certificate\"; filename=\"\"\r\n"
        + "Content-Type: application/octet-stream\r\n\r\n"

    static let all = [
        BrowserBody(
            "Chromium", boundary: "----WebKitFormBoundaryYl3s1OQhbzTjPyVG", fileType: "application/x-yaml",
            namespace, password, file, noFile),
        BrowserBody(
            "Firefox", boundary: "----geckoformboundary5f2c1e0a9d8b7c6d5e4f3a2b1c0d9e8f",
            fileType: "application/x-yaml", namespace, password, file, noFile),
        BrowserBody(
            "elder Firefox", boundary: "---------------------------317640962313187294511937463905",
            fileType: "application/octet-stream", namespace, password, file, noFile),
        BrowserBody(
            "curl", boundary: "------------------------f245e856c3371bf7", fileType: "application/octet-stream",
            namespace, password, file, noFile),
        BrowserBody(
            "a mail program", boundary: "=_ (next) part:'1'?/+,", quoted: true, fileType: "text/plain; charset=utf-8",
            namespace.replacing(
                "Content-Disposition: form-data; name=\"namespace\"",
                with: "CONTENT-TYPE: text/plain\r\ncontent-disposition:form-data ;\tNAME=namespace ; x=\"y;z\""
                    + "\r\nContent-Transfer-Encoding: 8BIT\r\nContent-Length: 5"),
            password, file, noFile),
    ]
}
