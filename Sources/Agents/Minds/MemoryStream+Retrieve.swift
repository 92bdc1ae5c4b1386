public import Kernel

extension MemoryStream {
    /// The memories that score highest, best first.
    ///
    /// Score = w_recency r + w_importance i + w_relevance c, where r = decay^(hours since last access), i the importance
    /// and c the cosine, each scaled to 0...1 over the candidates (0.5 where all are equal). Equal scores go by last
    /// access, then by sequence, latest first. With the default decay an hour is .995, a day .887, a week .431.
    ///
    /// The result is that of computing every candidate in Double: sketches only rule out, by their bounds on the error,
    /// those that can neither be recalled nor be the least or the greatest of a scale.
    ///
    /// - Parameters:
    ///   - query: Unit length; one that is not as long as the embeddings, or not finite, is related to nothing.
    ///   - kinds: Candidates are the memories of these kinds; all memories if `nil`.
    /// - Complexity: O(n d) for n memories of d dimensions, reading d bytes of each.
    /// - Source: Park et al. 2023, "Generative Agents", section 4.1.
    public func retrieve(
        query: [Float], at time: SimulationTime, count: Int, settings: MemorySettings, kinds: Set<Memory.Kind>? = nil
    ) -> [Recalled] {
        guard self.count > 0, count > 0 else { return [] }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: self.count) { cosines in
            var retrieval = Retrieval(
                self, query: query, now: time.seconds, wanted: count, settings: settings, kinds: kinds, cosines: cosines)
            return retrieval.recalled()
        }
    }
}
