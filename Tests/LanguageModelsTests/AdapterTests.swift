import Foundation
@testable import LanguageModels
import ScriptedServers
import Testing

/// Works in a folder that is thrown away.
private func inFolder<Value>(_ work: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "populace-adapters-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}

/// Why an adapter is refused.
private func reason(_ file: LowRankFile, for model: String? = nil) throws -> String? {
    try inFolder { folder in
        let path = folder.appending(path: "a.gguf")
        try file.write(to: path)
        let error = #expect(throws: ModelError.self) {
            let adapter = try AdapterFile(path: path.path)
            if let model { try adapter.check(for: model) }
        }
        guard case .unusableAdapter(_, let reason) = error else { return nil }
        return reason
    }
}

@Suite struct AdapterFileTests {
    @Test func `a name with a scale reads back as the same`() throws {
        #expect(Adapter("a/courier.gguf") == Adapter(file: "a/courier.gguf", scale: 1))
        #expect(Adapter("a/courier.gguf:0.5") == Adapter(file: "a/courier.gguf", scale: 0.5))
        #expect(Adapter("odd:name.gguf") == Adapter(file: "odd:name.gguf"))
        for text in ["", ":1", "x:11", "x:nan", "x:-inf", "a\u{0}b"] { #expect(Adapter(text) == nil, "\(text)") }
        let odd = Adapter(file: "a:2", scale: -0.25)
        #expect(Adapter(odd.description) == odd)
    }

    @Test func `an adapter says what it adapts`() throws {
        try inFolder { folder in
            let path = folder.appending(path: "courier.gguf")
            try LowRankFile(seed: 1).write(to: path)
            let file = try AdapterFile(path: path.path)
            #expect(file.architecture == "llama" && file.title == "Test adapter" && file.base == "SmolLM2 135M Instruct")
            #expect(file.alpha == 4 && file.ranks == 2...2)
            #expect(file.weights.count == 9 && file.weights.first == "blk.0.attn_q.weight")
            #expect(try file.digest.utf8.count == 64)
            let entries = ModelCatalogue(folder: folder.path).list()
            #expect(entries.map(\.name) == ["courier"] && entries.first?.isAdapter == true)
        }
    }

    @Test func `what is no adapter is refused with a sentence`() throws {
        let good = LowRankFile(seed: 1)
        var file = good
        file.keys[1].value = .text("model")
        #expect(try reason(file) == "it is no adapter; a model is named with 'name'")
        file.keys[1].value = .float(1)
        #expect(try reason(file) == "it is no adapter; a model is named with 'name'")
        file = good
        file.keys[2].value = .float(1)
        #expect(try reason(file) == "it is no LoRA, the one kind of adapter there is here")
        file = good
        file.keys.append(("adapter.alora.invocation_tokens", .integers([1, 2])))
        #expect(try reason(file)?.hasPrefix("it works only after words of its own") == true)
        file = good
        file.keys[5].value = .text("four")
        #expect(try reason(file) == "its alpha is no number")
        file.keys[5].value = .float(.nan)
        #expect(try reason(file) == "its alpha is no number")
        file = good
        file.keys[0].value = .float(0)
        #expect(try reason(file) == "it names no architecture")
        file = good
        file.tensors.removeLast()
        #expect(try reason(file) == "blk.20.ffn_down.weight has one half of its pair only")
        file = good
        file.tensors[0].shape = [288, 4]
        #expect(try reason(file) == "the two halves of blk.0.attn_q.weight do not fit each other")
        file = good
        file.tensors[0].name = "<script>\u{1B}[31m"
        #expect(try reason(file) == "script31m is neither half of a low-rank pair")
        file.tensors = []
        #expect(try reason(file) == "it adapts nothing")
    }

    @Test func `files that are cut short, something else or nothing are refused`() throws {
        let data = LowRankFile(seed: 1).data
        try inFolder { folder in
            for count in [0, 3, 4, 20, 100, 700, data.count / 2, data.count - 1] {
                let path = folder.appending(path: "\(count).gguf").path
                try data.prefix(count).write(to: URL(filePath: path))
                let error = #expect(throws: ModelError.self, "\(count) bytes") { try AdapterFile(path: path) }
                guard case .unusableAdapter(path, let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(["it is not a GGUF file", "it is a damaged GGUF file, or not all of one", "it is cut short"].contains(reason))
            }
            let none = folder.path + "/none.gguf"
            #expect(throws: ModelError.missingAdapter(path: none)) { try AdapterFile(path: none) }
        }
    }

    @Test func `an identity with an adapter is found by its bytes and scale, not by its file`() throws {
        let plain = ModelIdentity(name: "m", backEnd: "llama")
        func key(_ adapter: AdapterIdentity?) throws -> String {
            var identity = plain
            identity.adapter = adapter
            return try CompletionKey(identity: identity, request: .embed(EmbedRequest(text: "a"))).canonical
        }
        let one = AdapterIdentity(digest: "d", scale: 0.5, file: "a/courier.gguf")
        #expect(try key(one) == #"{"identity":{"adapter":{"digest":"d","scale":0.5},"backEnd":"llama","name":"m","settings":{}},"request":{"embed":{"_0":{"text":"a"}}}}"#)
        #expect(one == AdapterIdentity(digest: "d", scale: 0.5, file: "b.gguf"))
        #expect(try key(one) == key(AdapterIdentity(digest: "d", scale: 0.5)))
        #expect(try Set([key(nil), key(one), key(.init(digest: "d", scale: 0)), key(.init(digest: "e", scale: 0.5))]).count == 4)
        var adapted = plain
        adapted.adapter = one
        #expect(adapted.title == "m+courier:0.5" && plain.title == "m")
        adapted.adapter = AdapterIdentity(digest: String(repeating: "ab", count: 32), scale: 1)
        #expect(adapted.title == "m+abababababab")
        let decoded = try JSONDecoder().decode(ModelIdentity.self, from: JSONEncoder().encode(adapted))
        #expect(decoded == adapted)
        #expect(try JSONDecoder().decode(ModelIdentity.self, from: Data(#"{"name":"m","backEnd":"llama","settings":{}}"#.utf8)) == plain)
    }
}

/// On the real default speaker.
@Suite(.serialized) final class AdaptedModelTests {
    private let path = FileManager.default.temporaryDirectory.path + "/populace-\(UUID()).gguf"

    init() throws { try LowRankFile(seed: 7).write(to: URL(filePath: path)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func model(_ scale: Double?) async throws -> EmbeddedModel {
        try await ModelCatalogue.standard.open(
            ModelCatalogue.defaultSpeaker, adapter: scale.map { Adapter(file: "courier.gguf", path: path, scale: $0) })
    }

    private static let requests: [Request] = {
        var requests: [Request] = []
        for person in [EmbeddedModelTests.democrat, EmbeddedModelTests.republican] {
            for statement in [" In the 2016 election I voted for", " In 2016 my candidate was"] {
                let prompt = Prompt(form: .plain, segments: [.init(.user, person), .init(.user, statement)])
                requests.append(
                    .score(ScoreRequest(prompt: prompt, purpose: "test", continuations: [" Clinton.", " Trump."])))
            }
        }
        let chat = Prompt(
            form: .chat, segments: [.init(.system, EmbeddedModelTests.democrat), .init(.user, "What did you do today?")])
        return requests + [.text(TextRequest(prompt: chat, purpose: "test", maximumTokens: 12, temperature: 0.8, seed: 3))]
    }()

    private func answers(_ model: EmbeddedModel, forgetting: Bool = false) async throws -> [Response] {
        var answers: [Response] = []
        for request in Self.requests {
            if forgetting { try await model.forget() }
            answers.append(try await model.respond(to: request).response)
        }
        return answers
    }

    @Test func `an adapter moves answers by its scale, and scale 0 not by a bit`() async throws {
        let base = try await answers(model(nil))
        let none = try await model(0)
        let half = try await model(0.5)
        let whole = try await model(1)
        #expect(try await answers(none) == base)
        let (some, all) = (try await answers(half), try await answers(whole))
        for index in 0..<4 { #expect(Set([base[index], some[index], all[index]]).count == 3, "request \(index)") }
        #expect(Set([try await model(nil).identity, none.identity, half.identity, whole.identity]).count == 4)
        #expect(whole.identity.title == "smollm2-135m+courier" && half.identity.title == "smollm2-135m+courier:0.5")
    }

    @Test func `an adapted answer is the same bits whatever was evaluated before it`() async throws {
        let model = try await model(1)
        let alone = try await answers(model, forgetting: true)
        #expect(try await answers(model) == alone)
        for index in Self.requests.indices.reversed() {
            #expect(try await model.respond(to: Self.requests[index]).response == alone[index], "request \(index)")
        }
        let one = try await EmbeddedModel(
            name: ModelCatalogue.defaultSpeaker, path: ModelCatalogue.standard.path(of: ModelCatalogue.defaultSpeaker),
            adapter: Adapter(file: path), threads: 1)
        #expect(try await answers(one) == alone)
        #expect(one.identity == model.identity)
    }

    @Test func `an adapter for another model is refused before it is loaded`() throws {
        let speaker = try ModelCatalogue.standard.path(of: ModelCatalogue.defaultSpeaker)
        #expect(try reason(LowRankFile(seed: 1, architecture: "qwen2"), for: speaker) == "it adapts qwen2, and the model is llama")
        let layer = [(name: "blk.99.attn_q.weight", inner: 576, outer: 576)]
        #expect(try reason(LowRankFile(seed: 1, weights: layer), for: speaker)
            == "it adapts blk.99.attn_q.weight, which the model does not have: it was made for another")
        let size = [(name: "blk.0.attn_q.weight", inner: 896, outer: 576)]
        #expect(try reason(LowRankFile(seed: 1, weights: size), for: speaker)
            == "blk.0.attn_q.weight is of another size than the model's: it was made for another")
        var file = LowRankFile(seed: 1)
        file.tensors = [
            .init(name: "token_embd.weight.lora_a", shape: [1, 49152], numbers: Array(repeating: 0, count: 49152)),
            .init(name: "token_embd.weight.lora_b", shape: [1, 576], numbers: Array(repeating: 0, count: 576)),
        ]
        #expect(try reason(file, for: speaker) == "it adapts the embedding of tokens, which the model shares with its output")
        #expect(throws: ModelError.unusableModel(path: path, reason: "it is an adapter, to be named beside the model it adapts")) {
            try EmbeddedModel.identity(name: "x", path: path)
        }
    }

    @Test func `an adapter whose numbers are none gives an error, not an answer`() async throws {
        var file = LowRankFile(seed: 1)
        file.tensors[0].numbers[5] = .nan
        try file.write(to: URL(filePath: path))
        let model = try await ModelCatalogue.standard.open(
            ModelCatalogue.defaultSpeaker, adapter: Adapter(file: "none.gguf", path: path))
        await #expect(throws: ModelError.notFinite(model: "smollm2-135m+none")) { try await model.respond(to: Self.requests[0]) }
    }
}
