/// Appends to a file, a mebibyte at a time.
struct FileAppender {
    let file: OpenFile
    /// With what is not yet written.
    private(set) var length = 0
    private var buffer: [UInt8] = []

    init(_ file: OpenFile) { self.file = file }

    mutating func append(_ bytes: some Collection<UInt8>) throws(TraceError) {
        buffer.append(contentsOf: bytes)
        length += bytes.count
        if buffer.count >= 1 << 20 { try flush() }
    }

    /// As little-endian bytes.
    mutating func append(_ number: some FixedWidthInteger) throws(TraceError) {
        var bytes: [UInt8] = []
        for shift in stride(from: 0, to: number.bitWidth, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        try append(bytes)
    }

    /// Zeros up to the next multiple of eight.
    mutating func pad() throws(TraceError) {
        try append([UInt8](repeating: 0, count: (8 - length % 8) % 8))
    }

    /// Leaves room that others fill.
    mutating func skip(_ count: Int) throws(TraceError) {
        try flush()
        length += count
    }

    mutating func flush() throws(TraceError) {
        let (file, offset) = (file, length - buffer.count)
        var failure: TraceError?
        buffer.withUnsafeBytes { bytes in
            do throws(TraceError) { try file.write(bytes, at: offset) } catch { failure = error }
        }
        buffer.removeAll(keepingCapacity: true)
        if let failure { throw failure }
    }
}
