import Foundation
import Kernel

/// JSON that a command wrote.
indirect enum ReadJSON: Decodable, Hashable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([ReadJSON])
    case object([String: ReadJSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let read = try? value.decode(Bool.self) {
            self = .bool(read)
        } else if let read = try? value.decode(Double.self) {
            self = .number(read)
        } else if let read = try? value.decode(String.self) {
            self = .string(read)
        } else if let read = try? value.decode([ReadJSON].self) {
            self = .array(read)
        } else {
            self = .object(try value.decode([String: ReadJSON].self))
        }
    }

    /// What a command wrote into a file; `nil` where that is no JSON.
    init?(file path: String) {
        guard let data = FileManager.default.contents(atPath: path),
            let read = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = read
    }

    subscript(name: String) -> ReadJSON? { if case .object(let members) = self { members[name] } else { nil } }
    var items: [ReadJSON] { if case .array(let items) = self { items } else { [] } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// Of an object its texts, by name.
    var texts: [String] {
        guard case .object(let members) = self else { return [] }
        return members.sorted { precedes($0.key, $1.key) }.compactMap(\.value.text)
    }

    /// Every text in it.
    var strings: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.strings)
        case .object(let members): members.values.flatMap(\.strings)
        case .null, .bool, .number: []
        }
    }
}
