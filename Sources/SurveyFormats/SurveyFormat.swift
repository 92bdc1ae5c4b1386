/// A statistics program's data format that can be read.
public enum SurveyFormat: String, Codable, Hashable, Sendable, CaseIterable {
    /// SPSS system file, plain or compressed by rows.
    case sav
    /// SPSS system file compressed by zlib.
    case zsav
    /// SPSS portable file.
    case por
    /// Stata.
    case dta
    /// SAS transport.
    case xpt
    case sas7bdat

    /// By the file's ending, in any case; `nil` for every other file.
    public init?(path: String) {
        guard let dot = path.lastIndex(of: "."), let format = Self(rawValue: path[path.index(after: dot)...].lowercased())
        else { return nil }
        self = format
    }
}
