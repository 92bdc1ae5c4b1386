/// Why a server or a download gave nothing. Hosts are named; keys, prompts and paths of URLs are not.
public enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A whole sentence.
    case badAddress(String)
    /// A key would have been sent in the clear to another machine.
    case keyWouldBeReadable(server: String)
    case unreachable(server: String, attempts: Int, reason: String)
    case timedOut(server: String, attempts: Int)
    /// 4xx other than 408 and 429. `message` is the server's, shortened, and `nil` where it might give a key away.
    case rejected(server: String, status: Int, message: String?)
    /// 408, 429 or 5xx at the last attempt.
    case unavailable(server: String, status: Int, attempts: Int)
    /// The server wants a longer wait than is left.
    case wantsLongWait(server: String, seconds: Int)
    case redirected(server: String, to: String)
    case malformed(server: String, attempts: Int, reason: String)
    case tooLarge(server: String, limit: Int)
    /// What was given as a SHA-256 is none.
    case noDigest
    /// SHA-256 in hexadecimal.
    case wrongDigest(expected: String, actual: String)
    /// A file could not be written or read; `reason` is a whole sentence.
    case file(path: String, reason: String)

    public var description: String {
        switch self {
        case .badAddress(let sentence): sentence
        case .keyWouldBeReadable(let server):
            "A key is sent over https or to this machine only, not over http to \(server)."
        case .unreachable(let server, let attempts, let reason):
            "The server \(server) could not be reached\(tried(attempts)): \(reason)."
        case .timedOut(let server, let attempts):
            "The server \(server) did not answer in time\(tried(attempts))."
        case .rejected(let server, let status, let message):
            "The server \(server) refused the request with status \(status)" + (message.map { ": \($0)" } ?? ".")
        case .unavailable(let server, let status, let attempts):
            "The server \(server) answered with status \(status)\(tried(attempts))."
        case .wantsLongWait(let server, let seconds):
            "The server \(server) asks for a wait of \(seconds) s, which is more than the time left."
        case .redirected(let server, let target):
            "The server \(server) redirects to \(target); redirects to other hosts are not followed."
        case .malformed(let server, let attempts, let reason):
            "The server \(server) gave an answer that cannot be used\(tried(attempts)): \(reason)."
        case .tooLarge(let server, let limit):
            "The server \(server) sent more than \(limit) bytes."
        case .noDigest: "A SHA-256 is 64 hexadecimal digits."
        case .wrongDigest(let expected, let actual):
            "The file's SHA-256 is \(actual), not \(expected); it was thrown away."
        case .file(let path, let reason): "\(path): \(reason)"
        }
    }

    private func tried(_ attempts: Int) -> String { attempts > 1 ? " (tried \(attempts) times)" : "" }
}
