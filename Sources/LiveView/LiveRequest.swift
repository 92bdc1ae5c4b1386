import Foundation

/// What a browser asks to have done, read strictly.
enum LiveRequest: Hashable, Sendable {
    case pause(Bool)
    case step
    /// Simulated minutes a second, as fast as models answer where `nil`.
    case speed(Int?)
    case ask(resident: Int, question: String)

    /// Most bytes a request may have.
    static let limit = 16_384

    private struct Body: Decodable {
        var act: String
        var speed: Int?
        var resident: Int?
        var question: String?
    }

    /// - Returns: `nil` for anything else.
    init?(json: some Sequence<UInt8>) {
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(json)) else { return nil }
        switch body.act {
        case "pause": self = .pause(true)
        case "go": self = .pause(false)
        case "step": self = .step
        case "speed":
            if let speed = body.speed, !(1...10_000).contains(speed) { return nil }
            self = .speed(body.speed)
        case "ask":
            guard let resident = body.resident, let question = body.question, resident >= 0 else { return nil }
            self = .ask(resident: resident, question: question)
        default: return nil
        }
    }
}
