import Foundation
import Testing

@testable import DeployerHost

@Suite("A point in time as text")
struct TimeTextTests {
    @Test(
        "is RFC 3339 with milliseconds, and back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_767_225_600.125, "2026-01-01T00:00:00.125Z"),
            (1_767_225_599.999, "2025-12-31T23:59:59.999Z"), (1_709_164_800, "2024-02-29T00:00:00.000Z"),
            (951_782_400.5, "2000-02-29T00:00:00.500Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (-86_400, "1969-12-31T00:00:00.000Z"), (-2_203_977_600, "1900-02-28T00:00:00.000Z"),
            (-62_167_219_200, "0000-01-01T00:00:00.000Z"), (-62_162_035_200, "0000-03-01T00:00:00.000Z"),
            (253_402_300_799.999, "9999-12-31T23:59:59.999Z"),
        ] as [(Double, String)])
    func bothWays(seconds: Double, text: String) {
        #expect(TimeText.text(seconds) == text)
        #expect(TimeText.seconds(text) == seconds)
    }

    @Test("agrees with Foundation's calendar, which is another one before 1582")
    func calendar() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for step in -1_500..<3_000 {
            let seconds = Double(step) * 7_654_321.987
            let milliseconds = (seconds * 1_000).rounded() / 1_000
            // A little more than the millisecond, which Foundation cuts off.
            #expect(TimeText.text(seconds) == Date(timeIntervalSince1970: milliseconds + 0.000_1).formatted(style))
            #expect(TimeText.seconds(TimeText.text(seconds)) == milliseconds)
        }
    }

    @Test(
        "is rounded, and kept within four digits of years",
        arguments: [
            (1_767_225_599.999_6, "2026-01-01T00:00:00.000Z"), (1_767_225_600.000_4, "2026-01-01T00:00:00.000Z"),
            (1e300, "9999-12-31T23:59:59.999Z"), (.infinity, "9999-12-31T23:59:59.999Z"),
            (-.infinity, "0000-01-01T00:00:00.000Z"), (.nan, "1970-01-01T00:00:00.000Z"),
        ] as [(Double, String)])
    func bounds(seconds: Double, text: String) {
        #expect(TimeText.text(seconds) == text)
    }

    @Test(
        "is read with fewer decimals, too",
        arguments: [
            ("2026-01-01T00:00:00Z", 1_767_225_600), ("2026-01-01T00:00:00.5Z", 1_767_225_600.5),
            ("2026-01-01T00:00:00.25Z", 1_767_225_600.25),
        ] as [(String, Double)])
    func decimals(text: String, seconds: Double) {
        #expect(TimeText.seconds(text) == seconds)
    }

    @Test(
        "is not guessed",
        arguments: [
            "", "Z", "2026-01-01", "2026-01-01T00:00:00", "2026-01-01 00:00:00Z", "2026-01-01t00:00:00z",
            "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.0000Z",
            "2026-01-01T00:00:00,5Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2016-12-31T23:59:60Z", "-026-01-01T00:00:00Z", "2026-+1-01T00:00:00Z", "٢٠٢٦-01-01T00:00:00Z",
            "2026-01-01T00:00:00.5.5Z", "2026-01-01T00:00:00Z ", "12026-01-01T00:00:00Z", "2026/01/01T00:00:00Z",
        ])
    func nonsense(text: String) {
        #expect(TimeText.seconds(text) == nil)
    }
}
