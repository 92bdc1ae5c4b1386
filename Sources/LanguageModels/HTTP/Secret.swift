public import Foundation

/// A key to a server, which prints as `***`.
///
/// Keys come from the environment alone and belong to one host: files and command lines cannot send a key elsewhere.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// - Returns: `nil` for text that cannot be a header's value: empty, or with anything but visible ASCII.
    public init?(_ value: String) {
        guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        self.value = value
    }

    /// The key for a server, if the environment has one.
    ///
    ///     api.openai.com            POPULACE_KEY_API_OPENAI_COM, else OPENAI_API_KEY
    ///     my-lab.example.org        POPULACE_KEY_MY__LAB_EXAMPLE_ORG
    ///     127.0.0.1                 POPULACE_KEY_127_0_0_1
    ///
    /// A dot is `_` and a hyphen `__`, so that no two hosts share a name.
    public static func key(
        for address: ServerAddress, in environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Secret? {
        if let value = environment[variable(for: address.host)] { return Secret(value) }
        guard address.host == "api.openai.com", !address.isPlain else { return nil }
        return environment["OPENAI_API_KEY"].flatMap(Secret.init)
    }

    /// The environment variable that holds a host's key.
    public static func variable(for host: String) -> String {
        "POPULACE_KEY_" + host.uppercased().map { character -> String in
            switch character {
            case "-": "__"
            case ".", ":": "_"
            default: String(character)
            }
        }.joined()
    }

    public var description: String { "***" }
    public var debugDescription: String { "***" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// The value of the `Authorization` header.
    var authorization: String { "Bearer \(value)" }

    /// Whether a text holds six or more neighbouring characters of the key; a server may echo part of it.
    func leaks(into text: String) -> Bool {
        let text = Array(text.utf8), key = Array(value.utf8)
        let length = min(6, key.count)
        guard text.count >= length else { return false }
        let pieces = Set((0...(key.count - length)).map { Array(key[$0..<($0 + length)]) })
        return (0...(text.count - length)).contains { pieces.contains(Array(text[$0..<($0 + length)])) }
    }
}
