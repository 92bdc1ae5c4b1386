import Crypto
import Foundation

/// The page: one document without anything of a run in it, and the policy that lets nothing else in.
struct LivePage: Sendable {
    let html: String
    /// The value of `Content-Security-Policy`.
    let policy: String

    init() {
        let (style, script) = (Self.text(PackageResources.page_css), Self.text(PackageResources.page_js))
        html = Self.text(PackageResources.page_html)
            .replacing("<style></style>", with: "<style>\(style)</style>")
            .replacing("<script></script>", with: "<script>\(script)</script>")
        policy = [
            "default-src 'none'", "script-src '\(Self.digest(script))'", "style-src '\(Self.digest(style))'",
            "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
            "require-trusted-types-for 'script'", "trusted-types 'none'",
        ].joined(separator: "; ")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func digest(_ text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}
