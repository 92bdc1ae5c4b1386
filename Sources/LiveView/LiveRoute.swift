import Kernel

/// What a request asks for, once its host and token are right.
enum LiveRoute: Hashable, Sendable {
    case page
    case world
    case events
    /// By their number in the order of ids; at a moment.
    case person(Int, until: SimulationTime)
    case control
    case ask

    /// - Parameters:
    ///   - path: As requested, with the token in it and without a query.
    ///   - query: What follows the question mark.
    /// - Returns: `nil` where there is nothing, or the token is wrong.
    init?(method: String, path: String, query: String?, token: AccessToken) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].isEmpty, token.matches(parts[1]) else { return nil }
        switch (method, parts[2...].joined(separator: "/")) {
        case ("GET", ""): self = .page
        case ("GET", "world"): self = .world
        case ("GET", "events"): self = .events
        case ("POST", "control"): self = .control
        case ("POST", "ask"): self = .ask
        case ("GET", let rest) where rest.hasPrefix("person/"):
            guard let number = Int(rest.dropFirst("person/".count)), number >= 0,
                let until = query.flatMap({ $0.hasPrefix("until=") ? Int($0.dropFirst("until=".count)) : nil })
            else { return nil }
            self = .person(number, until: SimulationTime(seconds: until))
        default: return nil
        }
    }
}
