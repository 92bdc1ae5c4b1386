/// A piece of a page whose texts are escaped: markup can be written with ``element(_:_:_:)`` only.
///
/// Names of elements and attributes are literals of this program; every `String` is text. A string literal is text
/// too, so that there is no way to write markup by accident.
///
///     HTML.element("p", ["class": "lead"], ["Who said <b>?"])     // <p class="lead">Who said &lt;b&gt;?</p>
public struct HTML: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public private(set) var markup: String

    private init(markup: String) { self.markup = markup }

    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: HTML...) { self = .joined(elements) }

    public static func text(_ text: String) -> HTML { HTML(markup: escaped(text)) }

    public static func joined(_ parts: [HTML]) -> HTML { HTML(markup: parts.map(\.markup).joined()) }

    /// An element; `nil` attributes are left out. Void elements and SVG shapes without content close themselves.
    public static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ content: [HTML] = []
    ) -> HTML {
        var markup = "<\(name)"
        for (key, value) in attributes {
            if let value { markup += " \(key)=\"\(escaped(value))\"" }
        }
        if content.isEmpty, isVoid(name) { return HTML(markup: markup + "/>") }
        return HTML(markup: markup + ">" + content.map(\.markup).joined() + "</\(name)>")
    }

    /// The page's one style sheet, which is a literal of this program.
    static func style(_ sheet: StaticString) -> HTML { HTML(markup: "<style>\(sheet)</style>") }

    /// The document type and the whole page.
    static func page(_ head: [HTML], _ body: [HTML]) -> String {
        "<!DOCTYPE html>\n"
            + element("html", ["lang": "en"], [element("head", [:], head), element("body", [:], body)]).markup + "\n"
    }

    private static func isVoid(_ name: StaticString) -> Bool {
        ["meta", "br", "col", "rect", "line", "circle", "path"].contains("\(name)")
    }

    /// For text and for double-quoted attributes; what cannot be seen is written out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in sanitised(text, keepingLines: true).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
