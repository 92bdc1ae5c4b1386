import Crypto

/// SHA-256 of what it is given, piece by piece.
struct Digest {
    private var hash = SHA256()

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        if !bytes.isEmpty { hash.update(bufferPointer: bytes) }
    }

    mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// As eight little-endian bytes, so that what follows cannot be taken for its digits.
    mutating func update(_ number: Int) {
        withUnsafeBytes(of: UInt64(number).littleEndian) { hash.update(bufferPointer: $0) }
    }

    var bytes: [UInt8] { Array(hash.finalize()) }

    /// 64 digits.
    var hexadecimal: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
