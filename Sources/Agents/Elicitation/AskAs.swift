/// The shape in which a persona is put before a model.
///
/// - Source: Santurkar et al. 2023, "Whose Opinions Do Language Models Reflect?" (`qa`, `bio`, `portray`);
///   Argyle et al. 2023, "Out of One, Many", study 3 (`interview`).
public enum AskAs: String, Codable, Hashable, Sendable, CaseIterable {
    /// What is known of the person as answers to earlier questions.
    case qa
    /// A description in the first person.
    case bio
    /// An instruction to answer as if one were this person.
    case portray
    /// A dialogue between an interviewer and "me".
    case interview

    /// How a question and its answer are introduced in this shape.
    var speakers: (question: String, answer: String) {
        self == .interview ? ("Interviewer:", "Me:") : ("Question:", "Answer:")
    }
}
