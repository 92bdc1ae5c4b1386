/// Why the page cannot be served.
public enum LiveViewError: Error, Hashable, Sendable, CustomStringConvertible {
    case portTaken(Int)

    public var description: String {
        switch self {
        case .portTaken(let port):
            "port \(port) of this machine cannot be had; choose another with --port, or leave it out for a free one"
        }
    }
}
