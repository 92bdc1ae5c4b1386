internal import Foundation
internal import Kernel
internal import LanguageModels
internal import Surveys
internal import Yams

/// One reading of a study file and of everything it names.
final class Loading {
    let root: StudyRoot
    let files: StudyFiles
    let findings = Findings()
    /// In the order read.
    private(set) var sources: [SourceFile] = []
    private(set) var surveys: [SurveyFile] = []
    /// By persona id, the file a resident comes from.
    var origins: [String: String] = [:]
    private var documents: [String: Document?] = [:]
    /// What diagnostics put before paths from the root, so that they can be followed from the current folder.
    private let prefix: String
    private let top: (typed: String, absolute: String)

    init(_ path: String, _ files: StudyFiles) {
        root = StudyRoot(of: path)
        self.files = files
        let relative = root.relative(path)
        top = (path, root.absolute(StudyRoot.absolute(path)))
        prefix = path.hasSuffix(relative) ? String(path.dropLast(relative.count)) : ""
    }

    func shown(_ absolute: String) -> String {
        if absolute == top.absolute { return top.typed }
        let relative = root.relative(absolute)
        return relative.hasPrefix("/") ? relative : prefix + relative
    }

    /// The root mapping of a file of the kind needed; `nil` after a finding.
    ///
    /// - Parameter absolute: Links resolved, and permitted.
    func open(_ absolute: String, as kind: FileKind) -> (Fields, NodeReader)? {
        guard let document = document(absolute) else { return nil }
        let reader = NodeReader(source: document.source, findings: findings)
        let first = document.root.mapping?.first?.key.string
        guard first == kind.rawValue else {
            let other = first.flatMap(FileKind.init(rawValue:))
            reader.report(
                document.root.mapping?.first?.key ?? document.root,
                other.map { "this is \($0.named) file where \(kind.named) file is needed" }
                    ?? "the first key must be '\(kind.rawValue)', with the title")
            return nil
        }
        guard let keys = Keys(rawValue: kind.rawValue),
            let fields = Fields(document.root, kind.named, keys, reader)
        else { return nil }
        return (fields, reader)
    }

    private func document(_ absolute: String) -> Document? {
        if let known = documents[absolute] { return known }
        var document: Document?
        let file = shown(absolute)
        do {
            let bytes = try SourceFile.read(absolute)
            document = try Document(SourceText(file: file, bytes: bytes), findings: findings)
            sources.append(SourceFile(path: root.relative(absolute), bytes: bytes))
        } catch let refusal as SourceFile.Refusal {
            findings.add(Diagnostic(file: file, message: refusal.message))
        } catch let error as DiagnosticsError {
            findings.add(error)
        } catch {
            findings.add(Diagnostic(file: file, message: "the file cannot be read"))
        }
        documents[absolute] = document
        return document
    }

    /// The absolute path of a file named in a file; `nil` after a finding.
    func resolve(_ reference: String, _ node: Node, _ reader: NodeReader) -> String? {
        if reference.isEmpty || reference.utf8.contains(0) {
            reader.report(node, "an empty path")
            return nil
        }
        guard root.permits(reference, allowing: files.allowedPaths) else {
            reader.report(
                node,
                reference.hasPrefix("/") ? "'\(reference)' is an absolute path" : "'\(reference)' leads out of the study's root",
                hint: "paths start from the root; '--allow-path' allows others")
            return nil
        }
        let absolute = root.absolute(reference)
        guard FileManager.default.fileExists(atPath: absolute) else {
            let folder = (absolute as NSString).deletingLastPathComponent
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted(by: precedes)
            let near = suggestion(for: (reference as NSString).lastPathComponent, among: names)
            let path = near.map { ((reference as NSString).deletingLastPathComponent as NSString).appendingPathComponent($0) }
            reader.report(node, "no such file '\(reference)'", hint: path.map { "did you mean '\($0)'?" } ?? "paths start from \(root.path)")
            return nil
        }
        return absolute
    }

    func keep(_ survey: SurveyFile) {
        if !surveys.contains(where: { $0.path == survey.path }) { surveys.append(survey) }
    }

    /// The file's name up to its first dot: `gss2018` of `Personas/gss2018.survey.yaml`.
    static func stem(_ path: String) -> String {
        String((path as NSString).lastPathComponent.prefix { $0 != "." })
    }
}
