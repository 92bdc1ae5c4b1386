/// Tagged missing values of Stata and SAS, `.a` to `.z` and `._`, as codes a question can name: numbers no survey uses.
public enum MissingTag {
    /// -2000001 for `.a` ... -2000026 for `.z`, -2000027 for `._`; `nil` for every other text.
    public static func code(_ cell: String) -> Int? {
        let bytes = Array(cell.utf8)
        guard bytes.count == 2, bytes[0] == UInt8(ascii: ".") else { return nil }
        if bytes[1] == UInt8(ascii: "_") { return -2_000_027 }
        return (0x61...0x7A).contains(bytes[1]) ? -2_000_001 - Int(bytes[1] - 0x61) : nil
    }

    /// `.a` for -2000001, `8` for 8.
    public static func text(_ code: Int) -> String {
        switch code {
        case -2_000_027: "._"
        case -2_000_026 ... -2_000_001: "." + String(UnicodeScalar(UInt8(0x61 - 2_000_001 - code)))
        default: String(code)
        }
    }
}
