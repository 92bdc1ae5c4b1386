/// What a `Retry-After` header asks for: whole seconds, or an HTTP date (RFC 9110, 10.2.3).
///
///     retryAfter("120", now: 0)                              // 120 s
///     retryAfter("Sun, 06 Nov 1994 08:49:37 GMT", now: 784_111_770)   // 7 s
///
/// - Parameter now: Seconds since 1970.
/// - Returns: Zero for dates that have passed; `nil` for anything else, which is then ignored.
func retryAfter(_ text: String, now: Int) -> Duration? {
    let text = text.trimmed
    if !text.isEmpty, text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return Int(text).map { .seconds($0) }
    }
    return secondsSince1970(httpDate: text).map { .seconds(max(0, $0 - now)) }
}

/// Seconds since 1970 of a date like `Sun, 06 Nov 1994 08:49:37 GMT`. The day's name is not checked.
///
/// Days are counted from March, so that leap days come last: H. Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms", `days_from_civil`.
private func secondsSince1970(httpDate text: String) -> Int? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])),
        let day = Int(words[1]), (1...31).contains(day), let year = Int(words[3]), (1970...9999).contains(year)
    else { return nil }
    let clock = words[4].split(separator: ":").compactMap { Int($0) }
    guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
    else { return nil }
    let shifted = month < 2 ? year - 1 : year
    let monthFromMarch = (month + 10) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return days * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
}

extension String {
    /// Without spaces and tabs at either end.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }
}
