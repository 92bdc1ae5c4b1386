internal import Kernel
internal import Worlds
internal import Yams

extension Loading {
    /// - Parameter ids: Of the residents; `nil` where they could not all be read.
    func news(
        _ fields: Fields, _ places: [String], _ ids: [String]?, after start: SimulationTime, _ reader: NodeReader
    ) -> [World.News] {
        fields.entries("news").compactMap { name, key, node in
            guard let news = Fields(node, "a piece of news", .news, reader) else { return nil }
            if name.isEmpty { reader.report(key, "a piece of news needs a name") }
            var knowing: [String] = []
            for (id, node) in news.texts("starts with") {
                if let ids, !ids.contains(id) {
                    reader.report(node, "nobody here is '\(id)'", hint: suggestion(for: id, among: ids).map { "did you mean '\($0)'?" })
                }
                if knowing.contains(id) { reader.report(node, "'\(id)' is listed twice") }
                knowing.append(id)
            }
            return World.News(
                name: name, about: news.requiredText("about"), startsWith: knowing, words: words(news, reader),
                gathering: news["event"].flatMap { gathering($0, places, after: start, reader) })
        }
    }

    /// Lists of which a text that carries the news holds one word each.
    private func words(_ news: Fields, _ reader: NodeReader) -> [[String]] {
        guard let node = news.required("words") else { return [] }
        let lists = reader.list(node, "'words'")
        if lists.isEmpty, node.sequence != nil { reader.report(node, "'words' needs at least one list of words", hint: "write [[party, feast]]") }
        return lists.compactMap { list in
            guard list.sequence != nil else {
                reader.report(list, "each of 'words' must be a list, not \(reader.describe(list))", hint: "write [[party, feast]]")
                return nil
            }
            let words = reader.texts(list, "'words'")
            if list.sequence?.isEmpty == true { reader.report(list, "a list of 'words' must not be empty") }
            for (word, node) in words where word.isEmpty { reader.report(node, "a word must not be empty") }
            return words.map { $0.text.lowercased() }
        }
    }

    private func gathering(
        _ node: Node, _ places: [String], after start: SimulationTime, _ reader: NodeReader
    ) -> World.News.Gathering? {
        guard let event = Fields(node, "the event of a piece of news", .gathering, reader) else { return nil }
        let place = event.requiredText("in")
        if let node = event["in"] { check(place: place, places, node, reader) }
        _ = event.required("from")
        _ = event.required("until")
        let from = event.value("from", like: "day 2 17:00") { SimulationTime($0) }
        let until = event.value("until", like: "day 2 19:00") { SimulationTime($0) }
        guard let from, let until else { return nil }
        if from < start { reader.report(event["from"], "this is before the world starts") }
        if until <= from { reader.report(event["until"], "the event would end before it begins") }
        return World.News.Gathering(place: place, from: from, until: until)
    }
}
