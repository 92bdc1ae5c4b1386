internal import Foundation
internal import LanguageModels
internal import Yams

extension Loading {
    /// Reads `adapter:` and `adapter scale:` of a model.
    func adapt(_ choice: inout ModelSection.Choice, _ fields: Fields, _ reader: NodeReader) {
        if let node = fields["adapter"], let reference = reader.text(node, "'adapter'") {
            choice.adapter = adapter(reference, node, reader).map { Adapter(file: reference, path: $0) }
        }
        let range = Adapter.scales
        if let scale = fields.number("adapter scale", in: range) {
            if choice.adapter == nil, fields["adapter"] == nil {
                reader.report(fields["adapter scale"], "an 'adapter scale' needs an 'adapter'")
            }
            choice.adapter?.scale = scale
        }
        guard choice.adapter != nil else { return }
        let node = fields["adapter"] ?? fields.node
        if !choice.servers.isEmpty {
            reader.report(
                node, "an adapter is added to an embedded model, not to one behind a server",
                hint: "let the server load it, and name the model as the server does")
        } else if choice.name == "scripted" || choice.name == "uniform" {
            reader.report(node, "the model '\(choice.name)' has no weights to adapt")
        }
    }

    /// The path of an adapter that may be named, is there and is one; `nil` after a finding.
    private func adapter(_ reference: String, _ node: Node, _ reader: NodeReader) -> String? {
        let path: String
        if let elsewhere = files.adapters {
            // Whether it may be opened, and is there, matters to who asks the model, not to who reads the record.
            return elsewhere.permits(reference, allowing: files.allowedPaths) ? elsewhere.absolute(reference) : ""
        } else if files.canLackAdapters {
            guard permitted(reference, from: root, node, reader) else { return nil }
            path = root.absolute(reference)
        } else {
            guard let found = resolve(reference, node, reader) else { return nil }
            path = found
        }
        do throws(ModelError) { _ = try AdapterFile(path: path) } catch {
            switch error {
            case .missingAdapter where files.canLackAdapters: return path
            case .unusableAdapter(_, let reason): reader.report(node, "'\(reference)' cannot be used: \(reason)")
            default: reader.report(node, "'\(reference)' cannot be read")
            }
            return nil
        }
        return path
    }
}
