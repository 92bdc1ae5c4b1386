import Foundation
import LanguageModels

extension Completion {
    /// The request as it was made, read from its canonical text.
    ///
    /// - Throws: Where it is of a shape that this release does not know.
    func recordedRequest() throws -> LanguageModels.Request {
        struct Recorded: Decodable { var request: LanguageModels.Request }
        return try JSONDecoder().decode(Recorded.self, from: Data(request.utf8)).request
    }
}
