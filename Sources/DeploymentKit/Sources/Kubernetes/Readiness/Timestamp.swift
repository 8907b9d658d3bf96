/// The API's points in time (RFC 3339, in UTC, with or without a fraction).
enum Timestamp {
    /// Whole seconds since 1970; nil for anything that the API does not write.
    static func unixSeconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else { return nil }
        let places = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19]
        let numbers = places.compactMap { Int64(String(decoding: bytes[$0], as: UTF8.self)) }
        guard numbers.count == places.count, (1...12).contains(numbers[1]) else { return nil }
        let day = days(year: numbers[0], month: numbers[1], day: numbers[2])
        return day * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + numbers[5]
    }

    /// Days since 1970 in the Gregorian calendar. Years begin in March, so that the leap day is the last one.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
