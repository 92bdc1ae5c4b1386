internal import Agents
internal import Foundation
internal import Kernel
internal import LanguageModels
internal import Yams

extension Loading {
    /// The values of an axis: one, or a list of them; whatever does not fit is a finding and left out.
    func values(_ axis: Sweep.Axis, _ node: Node, _ reader: NodeReader) -> [Sweep.Value] {
        let name = "'\(axis.rawValue)'"
        let items = node.sequence == nil ? [node] : reader.list(node, name)
        if items.isEmpty { reader.report(node, "\(name) must have at least one value") }
        var values: [Sweep.Value] = []
        for item in items {
            for value in value(axis, item, name, reader) {
                if values.contains(value) { reader.report(item, "'\(value.text)' is listed twice") }
                values.append(value)
            }
        }
        return values
    }

    private func value(_ axis: Sweep.Axis, _ node: Node, _ name: String, _ reader: NodeReader) -> [Sweep.Value] {
        func one(_ text: String?) -> [Sweep.Value] { text.map { [Sweep.Value($0)] } ?? [] }
        func among(_ words: [String]) -> [Sweep.Value] {
            guard let text = reader.text(node, name) else { return [] }
            if words.contains(text) { return one(text) }
            reader.report(node, "\(name) has no '\(text)'",
                hint: suggestion(for: text, among: words).map { "did you mean '\($0)'?" } ?? "there are \(words.joined(separator: ", "))")
            return []
        }
        switch axis {
        case .seed:
            guard let text = node.scalar?.string.trimmingSpace, let range = Self.seeds(text) else {
                reader.report(node, "\(name) must read like '1..20' or '7', not \(reader.describe(node))")
                return []
            }
            guard range.count <= Sweep.mostCells else {
                reader.report(node, "'\(text)' is more than \(Sweep.mostCells) seeds")
                return []
            }
            return range.map { Sweep.Value(String($0)) }
        case .model: return model(node, reader).map { [$0] } ?? []
        case .world, .panel, .persona, .experiment, .survey:
            guard let path = reader.text(node, name), let file = resolve(path, node, reader) else { return [] }
            return one(root.relative(file))
        case .until:
            return one(reader.value(node, name, like: "day 1 12:00") { text in SimulationTime(text).map { _ in text } })
        case .method: return among(ElicitationMethod.allCases.map(\.rawValue))
        case .askAs: return among(AskAs.allCases.map(\.rawValue))
        case .order: return among(BackstoryOrder.allCases.map(\.rawValue))
        case .people, .sessions: return one(reader.integer(node, name, in: 1...1_000_000).map(String.init))
        }
    }

    /// `7`, `1..20`.
    static func seeds(_ text: String) -> ClosedRange<Int>? {
        let parts = text.components(separatedBy: "..")
        guard parts.count <= 2, let first = Int(parts[0]), let last = Int(parts[parts.count - 1]), first >= 0, first <= last,
            last < .max
        else { return nil }
        return first...last
    }

    /// A name, or a mapping of a name and servers that have it.
    private func model(_ node: Node, _ reader: NodeReader) -> Sweep.Value? {
        if node.scalar != nil {
            guard let name = reader.text(node, "a model") else { return nil }
            if name.isEmpty { reader.report(node, "a model's name must not be empty") }
            if ModelCatalogue.isPath(name), !files.allowedPaths.contains(name) {
                reader.report(node, "'\(name)' names a model by its path", hint: "'--allow-path \(name)' allows it")
            }
            return name.isEmpty ? nil : Sweep.Value(name)
        }
        guard let fields = Fields(node, "a model", .sweptModel, reader) else { return nil }
        let name = fields.requiredText("name")
        return name.isEmpty ? nil : Sweep.Value(name, servers: servers(fields, reader))
    }
}
