/// A low-rank adapter (LoRA) beside the model it adapts, as a file or the command line names it.
public struct Adapter: Codable, Hashable, Sendable {
    public static let scales = -10.0...10.0

    /// As it was named.
    public var file: String
    /// Absolute, or from the current folder; empty where a file restored from a run names one outside the study.
    public var path: String
    /// What its weights are multiplied by, besides alpha over rank; 0 leaves the model as it is.
    public var scale: Double

    public init(file: String, path: String? = nil, scale: Double = 1) {
        self.file = file
        self.path = path ?? file
        self.scale = scale
    }

    /// `FILE` or `FILE:SCALE`; `nil` without a file, and where the scale is out of ``scales``.
    ///
    ///     Adapter("adapters/courier.gguf:0.5")
    public init?(_ text: String) {
        var (file, scale) = (text, 1.0)
        if let colon = text.lastIndex(of: ":"), let number = Double(text[text.index(after: colon)...]) {
            (file, scale) = (String(text[..<colon]), number)
        }
        guard Self.scales.contains(scale), !file.isEmpty, !file.utf8.contains(0) else { return nil }
        self.init(file: file, scale: scale)
    }
}

extension Adapter: CustomStringConvertible {
    /// Reads back as the same.
    public var description: String { "\(file):\(scale)" }
}

/// What answers depend on of an adapter: its bytes and its scale.
///
/// Equal adapters lie in files of any name.
public struct AdapterIdentity: Codable, Hashable, Sendable {
    /// SHA-256 of the file in hexadecimal.
    public var digest: String
    public var scale: Double
    /// As it was named; no part of what a completion is found by.
    public var file: String?

    public init(digest: String, scale: Double, file: String? = nil) {
        self.digest = digest
        self.scale = scale
        self.file = file
    }

    public static func == (a: Self, b: Self) -> Bool { a.digest == b.digest && a.scale == b.scale }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
        hasher.combine(scale)
    }

    /// The file's name without folder and ending, with the scale unless it is 1: `courier`, `courier:0.5`.
    public var title: String {
        let last = file?.split(separator: "/").last.map(String.init) ?? String(digest.prefix(12))
        let stem = last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
        return scale == 1 ? stem : "\(stem):\(scale)"
    }
}
