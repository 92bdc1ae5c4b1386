import Testing

@testable import LiveView

struct AccessTokenTests {
    @Test func `a token is 64 hexadecimal digits and never the same twice`() {
        let tokens = (0..<100).map { _ in AccessToken().text }
        #expect(Set(tokens).count == 100)
        #expect(tokens.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
    }

    @Test func `only the whole token matches`() {
        let token = AccessToken()
        #expect(token.matches(token.text))
        #expect(!token.matches(token.text.dropLast()))
        #expect(!token.matches(token.text + "0"))
        #expect(!token.matches(String(token.text.dropLast()) + "x"))
        #expect(!token.matches(""))
    }
}
