"""The letters of the font Symbol, which Word writes as numbers of positions in the font."""

_FIRST, _UPPER = 0x20, 0xA0
_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_CHECKS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xE0: "→", 0xDF: "←"}
_DECORATED = ("wingdings", "webdings")


def symbol(font: str, place: str) -> str | None:
    """Return the character of a symbol, None where its font does not say which it is.

    Args:
        font: The name of the font.
        place: Its place there, in hexadecimal figures; Word adds F000 to it.
    """
    try:
        code = int(place, 16)
    except ValueError:
        return None
    name = font.lower()
    if not 0xF000 <= code <= 0xF0FF and not (code < 0x100 and name.startswith(("symbol", *_DECORATED))):
        is_character = code < 0xD800 or 0xF900 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
        return chr(code) if is_character and code >= _FIRST else None
    code &= 0xFF
    if name == "symbol":
        table, first = (_LOW, _FIRST) if code < 0x80 else (_HIGH, _UPPER)
        return table[code - first] if 0 <= code - first < len(table) else None
    if name.startswith(_DECORATED):
        return _CHECKS.get(code) if name == "wingdings" else None
    return chr(code) if _FIRST <= code < 0x7F else None
