internal import Cryptography

/// Points in time as the API writes them: RFC 3339, in UTC, with milliseconds (`2026-11-24T02:32:00.125Z`).
///
/// Without Foundation's formatters, which would load ICU into an idle host.
package enum TimeText {
    /// The nearest millisecond; what lies outside of the years 0 to 9999 becomes the first or last moment in them.
    /// - Parameter seconds: since 1970.
    package static func text(_ seconds: Double) -> String {
        let milliseconds = Int64((min(max(first, seconds.isNaN ? 0 : seconds), last) * 1_000).rounded())
        let second = milliseconds >= 0 ? milliseconds / 1_000 : -((-milliseconds + 999) / 1_000)
        let fraction = milliseconds - second * 1_000
        return "\(UTCTime(seconds: second).description.dropLast()).\(String(fraction + 1_000).dropFirst())Z"
    }

    /// Seconds since 1970, of a text as above or with fewer decimals or none; nil for anything else, also for dates
    /// that no calendar has and for leap seconds.
    package static func seconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
        let numbers = fields.compactMap { range in number(bytes[range]) }
        guard numbers.count == fields.count, let fraction = fraction(bytes[19..<(bytes.count - 1)]) else { return nil }
        let day = days(year: numbers[0], month: numbers[1], day: numbers[2])
        let second = day * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + numbers[5]
        // What is written back differs where a number was too large for its place, or a sign was not the right one.
        guard UTCTime(seconds: second).description.utf8.elementsEqual(bytes[..<19] + [UInt8(ascii: "Z")]) else {
            return nil
        }
        // Divided once, so that a millisecond comes back as the double that was written.
        return (Double(second) * fraction.divisor + fraction.digits) / fraction.divisor
    }

    /// Where year, month, day, hour, minute and second are.
    private static let fields = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19]
    /// 0000-01-01T00:00:00Z
    private static let first = -62_167_219_200.0
    /// 9999-12-31T23:59:59.999Z
    private static let last = 253_402_300_799.999

    /// What stands between the seconds and the `Z`: nothing, or a point with digits.
    private static func fraction(_ bytes: ArraySlice<UInt8>) -> (digits: Double, divisor: Double)? {
        guard let point = bytes.first else { return (0, 1) }
        let digits = bytes.dropFirst()
        guard point == UInt8(ascii: "."), (1...3).contains(digits.count), let number = number(digits) else {
            return nil
        }
        return (Double(number), digits.reduce(1.0) { divisor, _ in divisor * 10 })
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return digits.reduce(0) { number, digit in number * 10 + Int64(digit - UInt8(ascii: "0")) }
    }

    /// Days since 1970 in the Gregorian calendar. Years begin in March, so that the leap day is the last one.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        // One cycle of 400 years later, so that no division meets a negative number.
        let shifted = (month <= 2 ? year - 1 : year) + 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468 - 146_097
    }
}
