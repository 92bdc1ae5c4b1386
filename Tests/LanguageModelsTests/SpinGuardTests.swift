@testable import LanguageModels
import Testing

@Suite struct SpinGuardTests {
    @Test func `an idle machine keeps all threads`() {
        var guardian = SpinGuard(most: 2)
        for _ in 0..<1000 { guardian.record(wall: 0.02, processor: 0.0199) }
        #expect(guardian.threads == 2)
    }

    @Test func `a busy machine is left to one thread but for ever rarer tries`() {
        var guardian = SpinGuard(most: 8)
        var calls = [Int](repeating: 0, count: 9)
        for _ in 0..<10_000 {
            calls[guardian.threads] += 1
            guardian.record(wall: 0.06, processor: 0.03)
        }
        #expect(calls[8] < 20 && calls[1] > 9_900)
    }

    @Test func `threads come back when the machine is idle again`() {
        var guardian = SpinGuard(most: 2)
        guardian.record(wall: 0.1, processor: 0.05)
        #expect(guardian.threads == 1)
        for _ in 0..<10 { guardian.record(wall: 0.1, processor: 0.1) }
        #expect(guardian.threads == 2)
    }
}
