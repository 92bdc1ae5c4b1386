import Kernel

/// What `show` can be pointed at: every recorded thing has one.
///
///     run-1   run-1/rosa-delgado   run-1/rosa-delgado/12   run-1#34   run-1@day 1 09:00   poll-2/rosa-delgado/natpark   3f9a2c
enum Address: Hashable, Sendable {
    case run(String)
    case person(run: String, id: String)
    case memory(run: String, person: String, sequence: Int)
    case answer(run: String, person: String, question: String)
    case occurrence(run: String, sequence: Int)
    case moment(run: String, SimulationTime)
    /// By the beginning of its key.
    case completion(String)

    static let forms = "RUN, RUN/PERSON, RUN/PERSON/MEMORY, RUN/PERSON/QUESTION, RUN#NUMBER, RUN@TIME (run-1@day 1 09:00) or the beginning of a completion's key"

    /// - Throws: ``StudyError/usage(_:)`` for what is no address.
    init(_ text: String) throws {
        if let at = text.firstIndex(of: "@") {
            let time = try RunStudy.moment(oneLine(String(text[text.index(after: at)...])))
            self = .moment(run: String(text[..<at]), time)
            return
        }
        if let mark = text.firstIndex(of: "#") {
            let number = text[text.index(after: mark)...]
            guard let sequence = Int(number) else {
                throw StudyError.usage("'\(number)' is no number of an occurrence; write RUN#NUMBER, such as run-1#34")
            }
            self = .occurrence(run: String(text[..<mark]), sequence: sequence)
            return
        }
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else { throw StudyError.usage("'\(text)' is no address; there are \(Self.forms)") }
        switch parts.count {
        case 3: self = Int(parts[2]).map { .memory(run: parts[0], person: parts[1], sequence: $0) }
            ?? .answer(run: parts[0], person: parts[1], question: parts[2])
        case 2: self = .person(run: parts[0], id: parts[1])
        case _ where text.hasPrefix("latest") || text.contains("-"): self = .run(text)
        default: self = .completion(text)
        }
    }
}
