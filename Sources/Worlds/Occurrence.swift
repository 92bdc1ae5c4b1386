public import Kernel

/// Something that happened in the world, in resolved order.
public struct Occurrence: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        /// The world's own: an event of the file, or injected by hand.
        case event
        case move, say, act, plan, reflect, sleep, wake
        /// A decision that could not be carried out, with the reason in the text.
        case failure
    }

    /// From 1, without gaps, in the order things were resolved.
    public var sequence: Int
    public var time: SimulationTime
    public var place: String
    /// Persona id; `nil` for the world's own events.
    public var actor: String?
    public var kind: Kind
    /// In words, third person: `Rosa Delgado walks to the diner.` For `say`, the words spoken.
    public var text: String
    /// Persona id of the one spoken to.
    public var addressee: String?
    /// Key of the completion it came from; `nil` where no model was asked.
    public var completion: String?

    public init(
        sequence: Int, time: SimulationTime, place: String, actor: String?, kind: Kind, text: String,
        addressee: String? = nil, completion: String? = nil
    ) {
        self.sequence = sequence
        self.time = time
        self.place = place
        self.actor = actor
        self.kind = kind
        self.text = text
        self.addressee = addressee
        self.completion = completion
    }
}
