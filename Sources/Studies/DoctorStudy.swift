import Files
import Foundation
import LanguageModels
import Reports
import Results

/// Checks models, database, files and libraries on this machine.
public struct DoctorStudy: Sendable {
    public struct Findings: Sendable {
        public struct Finding: Sendable {
            public var good: Bool
            public var what: String
        }

        public var list: [Finding] = []
        public var anythingWrong: Bool { list.contains { !$0.good } }

        public func text(json: Bool) -> String {
            if json {
                return JSONValue.array(list.map { .object([.init("good", .bool($0.good)), .init("what", .string($0.what))]) })
                    .written()
            }
            return list.map { ($0.good ? "ok    " : "WRONG ") + $0.what }.joined(separator: "\n")
        }
    }

    let environment: StudyEnvironment

    public init(environment: StudyEnvironment) {
        self.environment = environment
    }

    public func findings() async -> Findings {
        var findings = Findings()
        for name in [ModelCatalogue.defaultSpeaker, ModelCatalogue.defaultEmbedder] {
            await findings.check("model \(name)") {
                let model = try await ModelCatalogue.standard.open(name)
                let request: Request =
                    name == ModelCatalogue.defaultEmbedder
                    ? .embed(EmbedRequest(text: "a test"))
                    : .score(
                        ScoreRequest(
                            prompt: Prompt(form: .plain, segments: [.init(.user, "Two and two make")]), purpose: "doctor",
                            continuations: [" four.", " five."]))
                _ = try await model.respond(to: request)
                return "answers; \(model.identity.library?.prefix(60) ?? "")"
            }
        }
        if FileManager.default.fileExists(atPath: environment.database) {
            await findings.check("database \(environment.database)") {
                let database = try environment.openExisting()
                let problems = try await database.problems()
                guard problems.isEmpty else { throw StudyError.usage(problems.joined(separator: "; ")) }
                let unfinished = try await database.unfinishedRuns().filter { $0.header.kind == "run" }
                return "whole, \(try await database.runs().count) runs"
                    + (unfinished.isEmpty
                        ? "" : "; not finished: \(unfinished.map(\.id).joined(separator: ", ")) (populace run --resume RUN)")
            }
        } else {
            findings.list.append(.init(good: true, what: "database \(environment.database): none yet"))
        }
        for folder in ["Worlds", "Personas"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let files = names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
            guard !files.isEmpty else { continue }
            await findings.check("\(folder)/") {
                _ = try await PrepareStudy(environment: environment).validate(files, expanded: false, json: false)
                return "\(files.count) files, no mistakes"
            }
        }
        return findings
    }
}

extension DoctorStudy.Findings {
    fileprivate mutating func check(_ name: String, _ look: () async throws -> String) async {
        do { list.append(Finding(good: true, what: "\(name): \(try await look())")) } catch {
            list.append(Finding(good: false, what: "\(name): \(describe(error))"))
        }
    }
}
