/// The measures of a run for the terminal, and as JSON.
public enum MeasuresText {
    /// - Parameter width: Columns, at least 60.
    public static func rendered(_ measures: TownMeasures, width: Int = 80) -> String {
        var parts = [
            wrapped(
                sanitised(
                    "\(measures.run): \(measures.world), \(measures.residents) residents, \(measures.from) to \(measures.until)"),
                to: width) + "\n"
        ]
        parts += measures.news.map { news($0, residents: measures.residents, width: width) }
        parts.append(network(measures, width: width))
        parts.append(conduct(measures, width: width))
        let paper = PaperFigures.rows(measures)
        if !paper.isEmpty {
            var table = TerminalTable(titles: ["beside the paper", "paper", "here"])
            table.rows = paper.map { [.text($0.what), .text($0.paper), .text($0.ours)] }
            parts.append(table.rendered(width: width) + wrapped(PaperFigures.source, to: width) + "\n")
        }
        return parts.joined(separator: "\n")
    }

    static func news(_ news: TownMeasures.News, residents: Int, width: Int) -> String {
        let (first, last) = (news.points.first, news.points.last)
        var text = wrapped(sanitised("News: \(news.name). \(news.about)"), to: width) + "\n"
        text += wrapped(
            sanitised(
                "Known to \(first?.count ?? 0) of \(residents) (\(percent(first?.share))) at the start, to \(last?.count ?? 0) "
                    + "(\(percent(last?.share))) at the end."), to: width) + "\n"
        if !news.hops.isEmpty {
            var table = TerminalTable(titles: ["since", "who", "from", "by", "how"])
            table.rows = news.hops.map { hop in
                [
                    .text(hop.time), .text(hop.to), .text(hop.from ?? "(the world)"), .count(hop.occurrence),
                    .text(hop.way + (hop.overheard ? ", overheard" : "")),
                ]
            }
            text += table.rendered(width: width, indent: 2)
        }
        let claims = news.claims.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        text += wrapped(
            "Utterances that carry it: \(news.carrying)"
                + (news.carrying == 0 ? "." : " (\(claims)); unfounded \(percent(news.unfoundedShare))."), to: width) + "\n"
        if let gathering = news.gathering {
            text += wrapped(sanitised(words(gathering)), to: width) + "\n"
        } else if let why = news.noGathering {
            text += wrapped(sanitised("Attendance: none, \(why)."), to: width) + "\n"
        }
        return text
    }

    static func words(_ gathering: TownMeasures.Gathering) -> String {
        let unbidden = gathering.came.filter { !gathering.invited.contains($0) && !gathering.hosts.contains($0) }
        return "Attendance, \(gathering.place), \(gathering.from) to \(gathering.until)"
            + (gathering.complete ? "" : " (the run ends before)") + ": \(gathering.came.count) came"
            + (gathering.came.isEmpty ? "" : " (\(gathering.came.joined(separator: ", ")))")
            + "; \(gathering.knew.count) knew of it, \(gathering.hosts.count) from the start; of \(gathering.invited.count) invited "
            + "\(gathering.invitedCame.count) came; \(unbidden.count) came uninvited."
    }

    static func network(_ measures: TownMeasures, width: Int) -> String {
        if let why = measures.noDensity { return wrapped("Network: none, \(sanitised(why)).", to: width) + "\n" }
        var table = TerminalTable(titles: ["network", "pairs", "density", "mutual pairs", "mutual density", "0 to 1"])
        for index in days(measures.network) {
            let (either, both) = (measures.network[index], element(index, of: measures.mutual))
            table.rows.append([
                .text(either.time), .count(either.count), .number(either.share, decimals: 3), .count(both?.count),
                .number(both?.share, decimals: 3), .text(Bar.text(either.share, width: 16)),
            ])
        }
        return table.rendered(width: width)
    }

    /// The first and last point and those at midnight.
    private static func days(_ points: [TownMeasures.Point]) -> [Int] {
        points.indices.filter { $0 == 0 || $0 == points.count - 1 || points[$0].seconds % 86_400 == 0 }
    }

    static func conduct(_ measures: TownMeasures, width: Int) -> String {
        var table = TerminalTable(titles: ["conduct", "", ""])
        table.rows = measures.conduct.map { figure in
            [.text(figure.name), .text(figure.value.shown), .text(figure.value.missing ?? figure.note)]
        }
        var text = table.rendered(width: width)
        if !measures.purposes.isEmpty {
            var calls = TerminalTable(titles: ["calls for", "calls", "tokens"])
            calls.rows = measures.purposes.map { [.text($0.name), .count($0.calls), .count($0.tokens)] }
            text += "\n" + calls.rendered(width: width)
        }
        return text
    }
}

extension MeasuresText {
    public static func json(_ measures: TownMeasures) -> JSONValue {
        .object([
            .init("run", .string(measures.run)), .init("world", .string(measures.world)),
            .init("residents", .integer(measures.residents)), .init("from", .string(measures.from)),
            .init("until", .string(measures.until)), .init("news", .array(measures.news.map(json))),
            .init(
                "network",
                .object([
                    .init("missing", JSONValue(measures.noDensity)), .init("either", .array(measures.network.map(json))),
                    .init("mutual", .array(measures.mutual.map(json))),
                ])),
            .init(
                "conduct",
                .object(
                    measures.conduct.map { figure in
                        switch figure.value {
                        case .count(let count): .init(figure.name, .integer(count))
                        case .share(let value), .number(let value, _): .init(figure.name, .number(value))
                        case .missing: .init(figure.name, .null)
                        }
                    })),
            .init(
                "missing",
                .object(measures.conduct.compactMap { figure in figure.value.missing.map { .init(figure.name, .string($0)) } })),
            .init(
                "calls",
                .array(
                    measures.purposes.map {
                        .object([
                            .init("purpose", .string($0.name)), .init("calls", .integer($0.calls)),
                            .init("tokens", .integer($0.tokens)),
                        ])
                    })),
            .init(
                "paper",
                .array(
                    PaperFigures.rows(measures).map {
                        .object([
                            .init("what", .string($0.what)), .init("paper", .string($0.paper)), .init("here", .string($0.ours)),
                        ])
                    })),
        ])
    }

    private static func json(_ point: TownMeasures.Point) -> JSONValue {
        .object([
            .init("time", .string(point.time)), .init("count", .integer(point.count)), .init("share", JSONValue(point.share)),
        ])
    }

    private static func json(_ news: TownMeasures.News) -> JSONValue {
        .object([
            .init("name", .string(news.name)), .init("about", .string(news.about)),
            .init("startsWith", JSONValue(news.started)), .init("knowing", .array(news.points.map(json))),
            .init(
                "hops",
                .array(
                    news.hops.map { hop in
                        .object([
                            .init("from", JSONValue(hop.from)), .init("to", .string(hop.to)), .init("time", .string(hop.time)),
                            .init("occurrence", JSONValue(hop.occurrence)), .init("way", .string(hop.way)),
                            .init("overheard", .bool(hop.overheard)),
                        ])
                    })),
            .init("utterances", .object(news.claims.map { .init($0.name, .integer($0.count)) })),
            .init("unfoundedShare", JSONValue(news.unfoundedShare)),
            .init(
                "gathering",
                news.gathering.map { gathering in
                    .object([
                        .init("place", .string(gathering.place)), .init("from", .string(gathering.from)),
                        .init("until", .string(gathering.until)), .init("complete", .bool(gathering.complete)),
                        .init("hosts", JSONValue(gathering.hosts)), .init("knew", JSONValue(gathering.knew)),
                        .init("invited", JSONValue(gathering.invited)), .init("came", JSONValue(gathering.came)),
                        .init("invitedCame", JSONValue(gathering.invitedCame)),
                    ])
                } ?? .null), .init("noGathering", JSONValue(news.noGathering)),
        ])
    }
}
