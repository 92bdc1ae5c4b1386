import LanguageModels
import Testing

@Suite struct CompletionTests {
    let identity = ModelIdentity(name: "parrot", backEnd: "scripted")
    let request = LanguageModelContract.requests[0]

    @Test func `the canonical request and its key are fixed for good`() throws {
        let request = Request.score(
            ScoreRequest(prompt: plain("a/b \"é\""), purpose: "vote", continuations: [" yes."]))
        let key = try CompletionKey(identity: identity, request: request)
        #expect(
            key.canonical
                == #"{"identity":{"backEnd":"scripted","name":"parrot","settings":{}},"request":{"score":{"_0":{"continuations":[" yes."],"prompt":{"form":"plain","segments":[{"role":"user","text":"a/b \"é\""}]},"purpose":"vote"}}}}"#
        )
        // By sha256sum of the text above.
        #expect(key.hexadecimal == "f4e76ed7410132697657020f67185df589cfa58b1e3b3786637f3e664dc30d8c")
    }

    @Test func `everything in request and identity changes the key`() throws {
        guard case .text(let text) = request else { return }
        var variants = [text]
        func vary(_ change: (inout TextRequest) -> Void) { variants.append(text); change(&variants[variants.count - 1]) }
        vary { $0.seed += 1 }
        vary { $0.temperature = 0.7 }
        vary { $0.topP = 0.9 }
        vary { $0.attempt = 1 }
        vary { $0.stop = ["\n"] }
        vary { $0.maximumTokens = 9 }
        vary { $0.purpose = "plan" }
        vary { $0.grammar = Grammar(gbnf: "root ::= \"a\"") }
        vary { $0.prompt = plain("Once upon a time", " there was") }
        vary { $0.prompt.form = .chat }
        var keys = Set(try variants.map { try CompletionKey(identity: identity, request: .text($0)).hexadecimal })
        var other = identity
        other.weights = "00"
        keys.insert(try CompletionKey(identity: other, request: request).hexadecimal)
        other.weights = nil
        other.settings = ["n_ctx": "1"]
        keys.insert(try CompletionKey(identity: other, request: request).hexadecimal)
        #expect(keys.count == variants.count + 2)
    }

    @Test func `a request with a number that is not finite has no key`() {
        let bad = TextRequest(prompt: plain("a"), purpose: "test", maximumTokens: 1, temperature: .nan, seed: 1)
        #expect(throws: ModelError.self) { try CompletionKey(identity: identity, request: .text(bad)) }
    }

    @Test func `fifty equal requests at once are one call`() async throws {
        let counter = CallCounter()
        let cached = CachedModel(SlowModel(counter: counter), store: MemoryStore())
        let completions = try await withThrowingTaskGroup(of: Completion.self) { group in
            for _ in 0..<50 { group.addTask { try await cached.complete(request) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(completions.count == 1)
        #expect(await counter.calls == 1)
        let meter = await cached.meter
        #expect(meter.calls == 1 && meter.hits == 49)
        #expect(meter.usage.input == 50 * meter.spent.input)
    }

    @Test func `a task that is cancelled begins no call`() async throws {
        let counter = CallCounter()
        let cached = CachedModel(SlowModel(counter: counter), store: MemoryStore())
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await cached.complete(request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await counter.calls == 0)
    }

    @Test func `what is recorded is replayed offline without loading the model`() async throws {
        let store = MemoryStore()
        let first = try await CachedModel(ScriptedModel(), store: store).complete(request)
        let offline = CachedModel(identity: ScriptedModel().identity, store: store, offline: true) {
            Issue.record("the model was loaded")
            return ScriptedModel()
        }
        #expect(try await offline.complete(request) == first)
        let miss = LanguageModelContract.requests[1]
        let key = try CompletionKey(identity: ScriptedModel().identity, request: miss).hexadecimal
        await #expect(throws: ModelError.offlineMiss(key: key, purpose: "test")) { try await offline.complete(miss) }
    }

    @Test func `the first stored response is everybody's`() async throws {
        let store = MemoryStore()
        let key = try CompletionKey(identity: identity, request: request)
        let other = Completion(
            key: key.hexadecimal, model: "parrot", kind: "text", request: key.canonical,
            response: .text("first", complete: true), usage: .zero, milliseconds: 0)
        let cached = CachedModel(
            ScriptedModel("parrot") { _ in .text("second", complete: true) }, store: ForgetfulStore(store, first: other))
        #expect(try await cached.complete(request).response == .text("first", complete: true))
    }

    @Test func `errors are not stored and the next try succeeds`() async throws {
        let counter = CallCounter()
        let store = MemoryStore()
        let cached = CachedModel(FailingOnce(counter: counter), store: store)
        await #expect(throws: ModelError.evaluation(code: 7)) { try await cached.complete(request) }
        #expect(store.count == 0)
        _ = try await cached.complete(request)
        #expect(store.count == 1)
    }
}

actor CallCounter {
    private(set) var calls = 0
    func next() -> Int { calls += 1; return calls }
}

private struct SlowModel: LanguageModel {
    let identity = ModelIdentity(name: "slow", backEnd: "scripted")
    let counter: CallCounter
    func respond(to request: Request) async throws -> Answer {
        _ = await counter.next()
        try await Task.sleep(for: .milliseconds(50))
        return try await ScriptedModel().respond(to: request)
    }
}

private struct FailingOnce: LanguageModel {
    let identity = ModelIdentity(name: "failing", backEnd: "scripted")
    let counter: CallCounter
    func respond(to request: Request) async throws -> Answer {
        guard await counter.next() > 1 else { throw ModelError.evaluation(code: 7) }
        return try await ScriptedModel().respond(to: request)
    }
}

/// Another process stores its response while this one's model works.
private struct ForgetfulStore: CompletionStore {
    let store: MemoryStore
    let first: Completion
    init(_ store: MemoryStore, first: Completion) {
        self.store = store
        self.first = first
    }
    func completion(forKey key: String) throws -> Completion? { store.completion(forKey: key) }
    func save(_ completion: Completion, durably: Bool) async throws {
        store.save(first, durably: durably)
        store.save(completion, durably: durably)
    }
}
