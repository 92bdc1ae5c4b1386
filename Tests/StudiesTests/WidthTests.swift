import LanguageModels
@testable import Studies
import Testing

@Suite struct WidthTests {
    private func model(_ backEnd: String) -> CachedModel {
        CachedModel(identity: ModelIdentity(name: "m", backEnd: backEnd), store: MemoryStore()) { UniformModel() }
    }

    @Test func `the embedded model has a window of requests in hand, other models the jobs asked for`() {
        #expect(model("openai").width(jobs: 3, requests: 10) == 3)
        // About a thousand requests whatever a person takes, and the next person's before the last one's are answered.
        #expect(model("llama").width(jobs: 3, requests: 100) == 10)
        #expect(model("llama").width(jobs: 3, requests: 5000) == 2)
        #expect(model("llama").width(jobs: 3, requests: 0) == 1024)
    }
}
