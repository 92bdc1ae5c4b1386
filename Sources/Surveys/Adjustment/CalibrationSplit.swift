/// Which questions and respondents serve to choose a model, and which to judge it: nobody and nothing is in both.
public struct CalibrationSplit: Codable, Hashable, Sendable {
    /// Ids, in the survey's order.
    public let calibrationQuestions: [String]
    public let heldOutQuestions: [String]
    public let calibrationRespondents: [String]
    public let heldOutRespondents: [String]

    /// - Throws: `tunedOnReported` with what is on both sides.
    public init(
        calibrationQuestions: [String], heldOutQuestions: [String], calibrationRespondents: [String],
        heldOutRespondents: [String]
    ) throws(AdjustmentError) {
        let both = heldOutQuestions.filter(Set(calibrationQuestions).contains)
            + heldOutRespondents.filter(Set(calibrationRespondents).contains)
        guard both.isEmpty else { throw .tunedOnReported(both) }
        self.calibrationQuestions = calibrationQuestions
        self.heldOutQuestions = heldOutQuestions
        self.calibrationRespondents = calibrationRespondents
        self.heldOutRespondents = heldOutRespondents
    }

    /// Deals questions and respondents at random.
    ///
    /// Respondents of one cluster stay together, and so do questions of one block: rewordings of one question on
    /// both sides would let the answer through.
    ///
    /// - Parameters:
    ///   - share: That goes to calibration, of either, 0...1; at least one is left on each side.
    ///   - block: Questions with the same value are kept together; `nil` stands alone.
    public init(
        questions: [Question], respondents: [Respondent], calibrationShare share: Double = 0.5,
        block: (Question) -> String? = { _ in nil }, using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) {
        let blocks = questions.enumerated().map { index, question in block(question).map { "b\($0)" } ?? "q\(index)" }
        let clusters = respondents.enumerated().map { index, respondent in
            respondent.cluster.map { "c\(respondent.stratum ?? "") \($0)" } ?? "r\(index)"
        }
        let chosen = try Self.dealt(blocks, share, "questions to split", using: &generator)
        let people = try Self.dealt(clusters, share, "respondents to split", using: &generator)
        try self.init(
            calibrationQuestions: zip(questions, chosen).filter(\.1).map(\.0.id),
            heldOutQuestions: zip(questions, chosen).filter { !$0.1 }.map(\.0.id),
            calibrationRespondents: zip(respondents, people).filter(\.1).map(\.0.id),
            heldOutRespondents: zip(respondents, people).filter { !$0.1 }.map(\.0.id))
    }

    /// True for those that go to calibration.
    private static func dealt(
        _ blocks: [String], _ share: Double, _ what: String, using generator: inout some RandomNumberGenerator
    ) throws(AdjustmentError) -> [Bool] {
        var (names, sizes) = ([String](), [String: Int]())
        for block in blocks {
            if sizes[block] == nil { names.append(block) }
            sizes[block, default: 0] += 1
        }
        guard names.count > 1 else { throw .tooFew(what) }
        let wanted = share * Double(blocks.count)
        var (taken, chosen) = (0, Set<String>())
        for name in names.shuffled(using: &generator).dropLast() {
            if !chosen.isEmpty && Double(taken) + Double(sizes[name] ?? 0) / 2 > wanted { break }
            chosen.insert(name)
            taken += sizes[name] ?? 0
        }
        return blocks.map(chosen.contains)
    }
}
