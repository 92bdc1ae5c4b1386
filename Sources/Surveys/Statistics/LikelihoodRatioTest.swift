#if canImport(Darwin)
internal import Darwin
#else
internal import Glibc
#endif

/// The likelihood ratio test of independence in a two-way table, G = 2 sum O ln(O / E).
///
/// - Parameter table: Rows of counts, 0 or more, need not be whole; empty rows and columns are dropped.
/// - Returns: `nil` where fewer than 2 rows or 2 columns are left.
/// - Complexity: O(rows columns).
/// - Source: Wilks 1938, doi:10.1214/aoms/1177732360; Agresti 2013, "Categorical Data Analysis", section 3.2.1.
public func likelihoodRatioChiSquare(_ table: [[Double]]) -> ChiSquareTest? {
    independence(table) { $0 > 0 ? 2 * $0 * log($0 / $1) : 0 }
}
