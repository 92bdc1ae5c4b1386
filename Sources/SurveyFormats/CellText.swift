internal import CReadStat
internal import Foundation

/// Writes values as a CSV file would have them, as UTF-8, tabs and line ends escaped.
///
/// A system missing value is empty, a tagged one `.a`; whole numbers have no point; everything else is the shortest
/// decimal that reads back equal.
struct CellText {
    /// Bytes that are not UTF-8 are taken for Windows-1252: for files that declare no encoding.
    var assumesWindows1252 = false

    func append(_ value: readstat_value_t, to bytes: inout [UInt8]) {
        if readstat_value_is_tagged_missing(value) != 0 {
            let tag = UInt8(bitPattern: readstat_value_tag(value))
            bytes.append(UInt8(ascii: "."))
            bytes.append((0x41...0x5A).contains(tag) ? tag + 32 : (0x61...0x7A).contains(tag) ? tag : UInt8(ascii: "_"))
            return
        }
        if readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
            if let text = readstat_string_value(value) { append(text: text, to: &bytes) }
            return
        }
        if readstat_value_is_system_missing(value) != 0 { return }
        switch readstat_value_type(value) {
        case READSTAT_TYPE_INT8, READSTAT_TYPE_INT16, READSTAT_TYPE_INT32:
            _ = append(ifWhole: readstat_double_value(value), to: &bytes)
        case READSTAT_TYPE_FLOAT:
            let number = readstat_float_value(value)
            if !append(ifWhole: Double(number), to: &bytes) { bytes.append(contentsOf: "\(number)".utf8) }
        default: append(number: readstat_double_value(value), to: &bytes)
        }
    }

    func append(number: Double, to bytes: inout [UInt8]) {
        if !append(ifWhole: number, to: &bytes) { bytes.append(contentsOf: "\(number)".utf8) }
    }

    private func append(ifWhole number: Double, to bytes: inout [UInt8]) -> Bool {
        guard number.magnitude < 1e15, number == number.rounded(.towardZero) else { return false }
        append(whole: Int(number), to: &bytes)
        return true
    }

    private func append(whole number: Int, to bytes: inout [UInt8]) {
        if (0...9).contains(number) { return bytes.append(0x30 + UInt8(number)) }
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        while rest > 0 {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        }
        bytes[start...].reverse()
    }

    func append(text: UnsafePointer<CChar>, to bytes: inout [UInt8]) {
        let raw = UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text))
        if raw.allSatisfy({ $0 < 0x80 }) { return escape(raw, to: &bytes) }
        escape(Array(string(raw).utf8), to: &bytes)
    }

    /// A label or name, `nil` where there is none.
    func string(_ text: UnsafePointer<CChar>?) -> String? {
        guard let text, text.pointee != 0 else { return nil }
        return string(UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: strlen(text)))
    }

    private func string(_ raw: UnsafeBufferPointer<UInt8>) -> String {
        if assumesWindows1252, String(validating: raw, as: UTF8.self) == nil {
            return String(String.UnicodeScalarView(raw.map { Unicode.Scalar(windows1252[Int($0)]) ?? "\u{FFFD}" }))
        }
        return String(decoding: raw, as: UTF8.self)
    }

    private func escape(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
        for byte in text {
            switch byte {
            case 9: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            case 10: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
            default: bytes.append(byte)
            }
        }
    }

    /// The cells of a line.
    static func cells(_ line: UnsafeBufferPointer<UInt8>, count: Int) -> [String] {
        var cells: [String] = []
        cells.reserveCapacity(count)
        var start = 0
        var escaped = false
        for place in 0...line.count {
            if place < line.count, line[place] != 9 {
                if line[place] == 0x5C { escaped = true }
                continue
            }
            let cell = UnsafeBufferPointer(rebasing: line[start..<place])
            cells.append(escaped ? String(decoding: unescaped(cell), as: UTF8.self) : String(decoding: cell, as: UTF8.self))
            start = place + 1
            escaped = false
        }
        return cells
    }

    private static func unescaped(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var place = 0
        while place < cell.count {
            if cell[place] == 0x5C, place + 1 < cell.count {
                place += 1
                bytes.append(cell[place] == UInt8(ascii: "t") ? 9 : cell[place] == UInt8(ascii: "n") ? 10 : cell[place])
            } else {
                bytes.append(cell[place])
            }
            place += 1
        }
        return bytes
    }
}

/// Code points of the bytes of Windows-1252; the five unused ones are C1 controls, as the WHATWG Encoding Standard has it.
private let windows1252: [UInt32] =
    (0..<0x80).map { $0 } + [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
        0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ] + (0xA0...0xFF).map { $0 }
