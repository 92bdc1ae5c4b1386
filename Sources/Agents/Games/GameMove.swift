extension DecidedAnswer {
    /// The move that an answer is in a game, as the place of an outcome: whole numbers from 0, of a choice its options.
    ///
    /// - Returns: `nil` where no decision could be read, or outcomes were scored and none was drawn.
    public func move(in decision: Decision) -> Int? {
        switch decision.kind {
        case .integer(let low, let high):
            numbers.first.flatMap { Int(exactly: $0) }.flatMap { (low...high).contains($0) ? $0 - low : nil }
        case .choice(let options, _): chosen.flatMap { options.indices.contains($0) ? $0 : nil }
        case .amount, .split, .text: nil
        }
    }

    /// Draws one of the outcomes that were scored with their shares, since others must see what was done, and keeps it as
    /// if it had been said. What was read from words stays as it is.
    public mutating func settle(_ decision: Decision, using generator: inout some RandomNumberGenerator) {
        guard method != .sample, let shares = shares(of: decision) else { return }
        var move: Int?
        var left = Double.random(in: 0..<1, using: &generator)
        for (place, share) in shares.enumerated() where share > 0 {
            // Rounding may leave a rest behind the last one.
            move = place
            left -= share
            if left < 0 { break }
        }
        guard let move else { return }
        if case .integer(let low, _) = decision.kind { numbers = [Double(low + move)] } else { chosen = move }
    }
}
