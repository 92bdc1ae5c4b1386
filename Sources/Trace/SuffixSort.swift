import CSuffixSort

/// The places of a text, sorted by the bytes that follow them to its end.
///
///     suffixSort of "banana"   // 5 3 1 0 4 2
///
/// - Parameters:
///   - text: Fewer than 2^31 bytes.
///   - places: As many as the text has bytes; all are written.
/// - Returns: False where there was no memory.
/// - Complexity: O(n log n) time; 5 n bytes with text and places.
/// - Source: Yuta Mori's libdivsufsort; Fischer and Kurpicz 2017, "Dismantling DivSufSort", arXiv:1710.01896.
func suffixSort(_ text: UnsafeBufferPointer<UInt8>, into places: UnsafeMutablePointer<Int32>) -> Bool {
    guard let bytes = text.baseAddress, !text.isEmpty else { return true }
    return divsufsort(bytes, places, Int32(text.count)) == 0
}
