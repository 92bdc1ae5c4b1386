/// What a model is given: segments in order, each evaluated on its own so that shared beginnings are paid for once.
///
/// The text of a segment is content: it is never tokenised as control tokens, whatever it says.
public struct Prompt: Codable, Hashable, Sendable {
    /// `chat`: segments are wrapped in the model's chat template by role, ending where the assistant begins to speak.
    /// `plain`: segments are one raw text that the model continues.
    public enum Form: String, Codable, Hashable, Sendable {
        case chat, plain
    }

    public enum Role: String, Codable, Hashable, Sendable {
        case system, user, assistant
    }

    public struct Segment: Codable, Hashable, Sendable {
        /// Neighbours with the same role are one message. Ignored in `plain` prompts.
        public var role: Role
        public var text: String

        public init(_ role: Role, _ text: String) {
            self.role = role
            self.text = text
        }
    }

    public var form: Form
    public var segments: [Segment]

    public init(form: Form, segments: [Segment]) {
        self.form = form
        self.segments = segments
    }

    /// The whole text in order, without any template; for tests, scripted models and `--show-prompts`.
    public var text: String { segments.map(\.text).joined() }
}
