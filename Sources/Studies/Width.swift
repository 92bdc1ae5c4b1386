import LanguageModels

extension CachedModel {
    /// Requests in hand at once, at most, beyond those of one person.
    ///
    /// Each is a few kilobytes.
    private static let window = 1024

    /// How many people, or whatever else is gone through in order, are asked at once.
    ///
    /// The embedded model evaluates what requests share once if it has them together, so it is given many, in order;
    /// others are given `jobs`. No answer depends on it.
    ///
    /// - Parameter each: Requests for one of them.
    nonisolated func width(jobs: Int, requests each: Int) -> Int {
        identity.backEnd == "llama" ? max(2, Self.window / max(1, each)) : jobs
    }
}
