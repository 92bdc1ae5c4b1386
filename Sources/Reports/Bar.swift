/// A horizontal bar of block characters, in eighths of a column.
public enum Bar {
    /// - Parameters:
    ///   - share: 0...1; other values are clamped, and `nil` or not-a-number draws nothing.
    ///   - width: Columns of a full bar.
    /// - Returns: At most `width` columns, without padding; anything above zero shows at least the thinnest block.
    public static func text(_ share: Double?, width: Int) -> String {
        guard let share, share > 0, width > 0 else { return "" }
        let eighths = max(1, Int((min(share, 1) * Double(width * 8)).rounded()))
        let full = String(repeating: "█", count: eighths / 8)
        return eighths % 8 == 0 ? full : full + parts[eighths % 8 - 1]
    }

    private static let parts = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
