public import LanguageModels

/// A model call as minds and interviews see it: whatever caching, retrying and metering lies behind is not theirs.
///
/// - Throws: Whatever the model throws; an error is never turned into words.
public typealias Complete = @Sendable (Request) async throws -> Completion
