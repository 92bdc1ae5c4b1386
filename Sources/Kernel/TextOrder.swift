/// Text order by UTF-8 bytes, the same on every machine and in every language.
public func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
