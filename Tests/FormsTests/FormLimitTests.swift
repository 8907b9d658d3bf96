import TestSupport
import Testing

@testable import DeployerHost

@Suite("A hostile form")
struct FormLimitTests {
    private static let multipart = "multipart/form-data; boundary=b"
    private static let urlEncoded = "application/x-www-form-urlencoded"
    private static let part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n"
    private static let emptyFile = "--b\r\nContent-Disposition: form-data; name=a; filename=\"\"\r\n\r\n\r\n"

    private static func kind(_ text: String, _ contentType: String, bytes: Int = 1 << 20) -> FormError.Kind? {
        do {
            _ = try FormFields(Array(text.utf8), contentType: contentType, limits: FormLimits(bytes: bytes))
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("has no more bytes than are allowed")
    func size() {
        #expect(Self.kind("a=12", Self.urlEncoded, bytes: 4) == nil)
        #expect(Self.kind("a=123", Self.urlEncoded, bytes: 4) == .tooLarge)
        #expect(Self.kind("--b--", Self.multipart, bytes: 5) == nil)
        #expect(Self.kind("--b--\n", Self.multipart, bytes: 5) == .tooLarge)
    }

    @Test("has 200 fields and files at most, those without a file included", arguments: [part, emptyFile])
    func parts(part: String) {
        #expect(Self.kind(String(repeating: part, count: 200) + "--b--", Self.multipart) == nil)
        #expect(Self.kind(String(repeating: part, count: 201) + "--b--", Self.multipart) == .tooLarge)
    }

    @Test("has 200 pairs at most")
    func pairs() throws {
        #expect(Self.kind(String(repeating: "a=1&", count: 199) + "a=1", Self.urlEncoded) == nil)
        #expect(Self.kind(String(repeating: "a=1&", count: 200) + "a=1", Self.urlEncoded) == .tooLarge)
    }

    @Test("has headers of 8 KiB at most, with their line ends")
    func headers() {
        let line = "Content-Disposition: form-data; name=a\r\n"
        for (excess, kind) in [(0, nil), (1, FormError.Kind.tooLarge)] {
            let filling = String(repeating: "y", count: 8_192 - line.utf8.count - "X: \r\n\r\n".utf8.count + excess)
            #expect(Self.kind("--b\r\n\(line)X: \(filling)\r\n\r\n\r\n--b--", Self.multipart) == kind)
        }
    }

    @Test(
        "takes time in proportion to its size",
        .timeLimit(.minutes(1)),
        arguments: [
            "\r", "\r\n", "\r\n--", "\r\n--b", "\r\n--b-", "\r\n--b--x", "--b\r\n", " ", "--b\r\n\r\n",
            "\r\n--bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        ])
    func time(pattern: String) {
        let text = String(repeating: pattern, count: 20_000)
        let part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n" + text
        for form in [part, "--b" + text] { _ = Self.kind(form, Self.multipart, bytes: 16 << 20) }
        let boundary = String(repeating: "b", count: 70)
        _ = Self.kind(part, "multipart/form-data; boundary=\(boundary)", bytes: 16 << 20)
    }

    @Test("takes time in proportion to its size, also if it is large", .timeLimit(.minutes(1)))
    func timeOfLargeForms() {
        // Copying the rest of the body at each of these places would take minutes.
        #expect(Self.kind(String(repeating: "\r", count: 1_500_000), Self.multipart, bytes: 16 << 20) == .malformed)
    }

    @Test("is read or refused, never worse", arguments: BrowserBody.all)
    func mutations(sender: BrowserBody) {
        for seed in 0..<2_000 {
            var mutator = Mutator(seed: UInt64(seed))
            let body = mutator.mutate(sender.body)
            let fields = try? FormFields(body, contentType: sender.contentType, limits: FormLimits(bytes: 1 << 20))
            for field in fields?.fields ?? [] { #expect(field.value.count <= body.count) }
        }
    }

    @Test("of random bytes is refused, or read as pairs without harm")
    func random() {
        let signs = Array("\r\n\r\n--b-- ;:=&%+\"\\aContent-Disposition: form-data; name=a".utf8) + [0, 0xFF, 0xC3]
        var generator = Generator(state: 7)
        for _ in 0..<5_000 {
            let body = (0..<Int.random(in: 0..<120, using: &generator)).compactMap { _ in
                signs.randomElement(using: &generator)
            }
            for start in ["", "--b\r\n", "--b\r\nContent-Disposition: form-data; name="] {
                _ = try? FormFields(
                    Array(start.utf8) + body, contentType: Self.multipart, limits: FormLimits(bytes: 1_000))
            }
            _ = try? FormFields(body, contentType: Self.urlEncoded, limits: FormLimits(bytes: 1_000))
            _ = try? FormFields(
                body, contentType: String(decoding: body, as: UTF8.self), limits: FormLimits(bytes: 1_000))
        }
    }

    /// The same numbers in each run (a linear congruential generator).
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 32
        }
    }
}
