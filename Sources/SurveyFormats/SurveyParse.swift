internal import CReadStat
internal import Foundation

/// Reads a data file in this process, by ReadStat: only for files that are trusted, or in a process that may die.
///
/// Two passes: what the file says about itself, then its rows, one line of tab-separated cells at a time.
final class SurveyParse {
    let path: String
    let format: SurveyFormat
    private let parser: OpaqueHandle
    private var text = CellText()
    private(set) var metadata: SurveyMetadata
    private var setOfVariable: [String] = []
    private var labels: [String: [SurveyVariable.Label]] = [:]

    /// Slot of each of the file's columns in a row; -1 for columns nobody asked for.
    private var slots: [Int] = []
    private var width = 0
    private var row: [UInt8] = []
    private var nextSlot = 0
    private var observation: Int32 = -1
    private var rows = 0
    private var deliver: ((UnsafeBufferPointer<UInt8>) -> Bool)?

    /// The parser, freed with its owner.
    private final class OpaqueHandle {
        let parser: UnsafeMutablePointer<readstat_parser_t>
        init?() {
            guard let parser = readstat_parser_init() else { return nil }
            self.parser = parser
        }
        deinit { readstat_parser_free(parser) }
    }

    /// - Throws: What is wrong with the file, as far as its description goes.
    init(_ path: String) throws(SurveyFormatError) {
        guard let format = SurveyFormat(path: path) else { throw .notSupported }
        guard let parser = OpaqueHandle() else { throw .damaged("no memory") }
        (self.path, self.format, self.parser) = (path, format, parser)
        metadata = SurveyMetadata(format: format, variables: [])
        guard try isWhole() else { throw .damaged("it ends early") }
        try describe()
    }

    private func describe() throws(SurveyFormatError) {
        readstat_set_metadata_handler(parser.parser) { metadata, context in
            SurveyParse.of(context).take(metadata)
            return 0
        }
        readstat_set_variable_handler(parser.parser) { _, variable, set, context in
            SurveyParse.of(context).take(variable, set: set)
            return 0
        }
        readstat_set_fweight_handler(parser.parser) { variable, context in
            let parse = SurveyParse.of(context)
            parse.metadata.weight = parse.text.string(readstat_variable_get_name(variable))
            return 0
        }
        readstat_set_value_label_handler(parser.parser) { set, value, label, context in
            SurveyParse.of(context).take(label: label, of: value, in: set)
            return 0
        }
        try run()
        for (index, set) in setOfVariable.enumerated() where !set.isEmpty {
            metadata.variables[index].labels = (labels[set] ?? []).sorted(by: Self.precedes)
        }
    }

    /// Gives every row's line to `deliver` until it says no; the columns are the named ones in file order, all by default.
    ///
    /// - Returns: The number of rows.
    func readRows(columns: Set<String>?, _ deliver: @escaping (UnsafeBufferPointer<UInt8>) -> Bool) throws(SurveyFormatError) -> Int {
        slots = []
        width = 0
        for variable in metadata.variables {
            let wanted = columns?.contains(variable.name) ?? true
            slots.append(wanted ? width : -1)
            if wanted { width += 1 }
        }
        self.deliver = deliver
        defer { self.deliver = nil }
        readstat_set_metadata_handler(parser.parser, nil)
        readstat_set_fweight_handler(parser.parser, nil)
        readstat_set_value_label_handler(parser.parser, nil)
        readstat_set_variable_handler(parser.parser) { index, _, _, context in
            let parse = SurveyParse.of(context)
            let known = parse.slots.indices.contains(Int(index)) && parse.slots[Int(index)] >= 0
            return Int32(known ? READSTAT_HANDLER_OK : READSTAT_HANDLER_SKIP_VARIABLE)
        }
        readstat_set_value_handler(parser.parser) { observation, variable, value, context in
            SurveyParse.of(context).take(value, of: Int(readstat_variable_get_index(variable)), observation) ? 0 : 1
        }
        if width > 0 { try run() }
        if observation >= 0 { _ = flush() }
        if format != .sas7bdat, width > 0, let declared = metadata.rowCount, rows < declared { throw .damaged("it ends early") }
        return rows
    }

    /// Whether a file of a kind that ReadStat reads as far as it goes has its end: SAS transport files are whole records
    /// of 80 bytes, Stata files since version 117 close their first tag.
    private func isWhole() throws(SurveyFormatError) -> Bool {
        guard format == .xpt || format == .dta else { return true }
        guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd() else { throw .cannotBeRead }
        defer { try? file.close() }
        if format == .xpt { return size % 80 == 0 }
        let (first, last) = ("<stata_dta>", "</stata_dta>")
        try? file.seek(toOffset: 0)
        guard (try? file.read(upToCount: first.utf8.count)) == Data(first.utf8) else { return true }
        try? file.seek(toOffset: size - min(size, UInt64(last.utf8.count)))
        return (try? file.readToEnd()) == Data(last.utf8)
    }

    private func run() throws(SurveyFormatError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let result =
            switch format {
            case .sav, .zsav: readstat_parse_sav(parser.parser, path, context)
            case .por: readstat_parse_por(parser.parser, path, context)
            case .dta: readstat_parse_dta(parser.parser, path, context)
            case .xpt: readstat_parse_xport(parser.parser, path, context)
            case .sas7bdat: readstat_parse_sas7bdat(parser.parser, path, context)
            }
        switch result {
        case READSTAT_OK, READSTAT_ERROR_USER_ABORT: return
        case READSTAT_ERROR_OPEN: throw .cannotBeRead
        default: throw .damaged(String(cString: readstat_error_message(result)))
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> SurveyParse {
        // ReadStat hands back the pointer given to it by `run`, whose caller holds the object meanwhile.
        Unmanaged<SurveyParse>.fromOpaque(context!).takeUnretainedValue()
    }
}

extension SurveyParse {
    private func take(_ given: UnsafeMutablePointer<readstat_metadata_t>?) {
        metadata.encoding = text.string(readstat_get_file_encoding(given))
        text.assumesWindows1252 = metadata.encoding == nil
        metadata.label = text.string(readstat_get_file_label(given))
        let count = Int(readstat_get_row_count(given))
        metadata.rowCount = count >= 0 ? count : nil
    }

    private func take(_ variable: UnsafeMutablePointer<readstat_variable_t>?, set: UnsafePointer<CChar>?) {
        let isText = readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING
        var taken = SurveyVariable(
            name: text.string(readstat_variable_get_name(variable)) ?? "",
            label: text.string(readstat_variable_get_label(variable)),
            kind: isText ? .text(width: Int(readstat_variable_get_storage_width(variable))) : .number,
            format: text.string(readstat_variable_get_format(variable)),
            measure: [.unknown, .nominal, .ordinal, .scale][min(3, Int(readstat_variable_get_measure(variable).rawValue))],
            labels: [], missing: [], missingTexts: [])
        for index in 0..<min(32, max(0, readstat_variable_get_missing_ranges_count(variable))) {
            let (low, high) = (
                readstat_variable_get_missing_range_lo(variable, index), readstat_variable_get_missing_range_hi(variable, index)
            )
            if readstat_value_type_class(low) == READSTAT_TYPE_CLASS_STRING {
                if let missing = text.string(readstat_string_value(low)) { taken.missingTexts.append(missing) }
            } else {
                taken.missing.append(.init(low: Self.bound(low), high: Self.bound(high)))
            }
        }
        metadata.variables.append(taken)
        setOfVariable.append(text.string(set) ?? "")
    }

    /// SPSS writes LOWEST and HIGHEST as numbers at the ends of the range of Double.
    private static func bound(_ value: readstat_value_t) -> Double? {
        let number = readstat_double_value(value)
        return number.magnitude < 1e300 ? number : nil
    }

    private func take(label: UnsafePointer<CChar>?, of value: readstat_value_t, in set: UnsafePointer<CChar>?) {
        var cell: [UInt8] = []
        text.append(value, to: &cell)
        labels[text.string(set) ?? "", default: []].append(
            .init(cell: String(decoding: cell, as: UTF8.self), text: text.string(label) ?? ""))
    }

    private static func precedes(_ one: SurveyVariable.Label, _ other: SurveyVariable.Label) -> Bool {
        switch (Double(one.cell), Double(other.cell)) {
        case (let one?, let other?): one < other
        case (nil, nil): Array(one.cell.utf8).lexicographicallyPrecedes(Array(other.cell.utf8))
        case (let one, _): one != nil
        }
    }
}

extension SurveyParse {
    private func take(_ value: readstat_value_t, of column: Int, _ observation: Int32) -> Bool {
        guard column < slots.count, slots[column] >= 0 else { return true }
        if observation != self.observation {
            if self.observation >= 0, !flush() { return false }
            self.observation = observation
        }
        let slot = slots[column]
        guard slot >= nextSlot else { return true }
        while nextSlot < slot {
            row.append(9)
            nextSlot += 1
        }
        text.append(value, to: &row)
        if nextSlot + 1 < width { row.append(9) }
        nextSlot += 1
        return true
    }

    private func flush() -> Bool {
        while nextSlot + 1 < width {
            row.append(9)
            nextSlot += 1
        }
        rows += 1
        let goesOn = row.withUnsafeBufferPointer { deliver?($0) ?? false }
        row.removeAll(keepingCapacity: true)
        nextSlot = 0
        return goesOn
    }
}
