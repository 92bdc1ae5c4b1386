/// The few shapes our charts are made of.
enum SVG {
    /// A drawing with a title and a description for those who do not see it.
    ///
    /// - Parameter id: Unique on the page.
    static func chart(
        id: String, width: Double, height: Double, wide: Bool = false, title: String, description: String, _ content: [HTML]
    ) -> HTML {
        .element(
            "svg",
            [
                "viewBox": "0 0 \(number(width)) \(number(height))", "role": "img", "class": wide ? "wide" : nil,
                "aria-labelledby": "\(id)-t \(id)-d",
            ],
            [
                .element("title", ["id": "\(id)-t"], [.text(title)]),
                .element("desc", ["id": "\(id)-d"], [.text(description)]),
            ] + content)
    }

    static func text(
        _ x: Double, _ y: Double, _ text: String, style: String? = nil, anchor: String? = nil, full: String? = nil
    ) -> HTML {
        .element(
            "text", ["x": number(x), "y": number(y), "class": style, "text-anchor": anchor],
            [.text(text)] + (full.map { [.element("title", [:], [.text($0)])] } ?? []))
    }

    static func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, style: String, title: String? = nil
    ) -> HTML {
        .element(
            "rect",
            ["x": number(x), "y": number(y), "width": number(max(0, width)), "height": number(height), "class": style],
            title.map { [.element("title", [:], [.text($0)])] } ?? [])
    }

    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) -> HTML {
        .element("line", ["x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": style])
    }

    static func circle(_ x: Double, _ y: Double, _ radius: Double, style: String, title: String? = nil) -> HTML {
        .element(
            "circle", ["cx": number(x), "cy": number(y), "r": number(radius), "class": style],
            title.map { [.element("title", [:], [.text($0)])] } ?? [])
    }

    /// A horizontal interval with end caps.
    static func whisker(from low: Double, to high: Double, y: Double, cap: Double) -> HTML {
        .element(
            "path",
            [
                "class": "whisker",
                "d": "M\(number(low)) \(number(y - cap))V\(number(y + cap))M\(number(low)) \(number(y))"
                    + "H\(number(high))M\(number(high)) \(number(y - cap))V\(number(y + cap))",
            ])
    }

    static func number(_ value: Double) -> String { fixed(value, decimals: 1) }

    /// Names beside their colours.
    static func legend(_ entries: [(style: String, name: String)]) -> HTML {
        .element(
            "ul", ["class": "legend"],
            entries.map { entry in
                .element(
                    "li", [:],
                    [
                        .element(
                            "svg", ["viewBox": "0 0 12 12", "aria-hidden": "true"],
                            [rectangle(0, 0, 12, 12, style: entry.style)]),
                        .text(entry.name),
                    ])
            })
    }
}
