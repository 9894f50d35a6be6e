"""A font with every Vietnamese letter, made here so that tests need none on the machine."""

import functools
import io
import unicodedata

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

VIETNAMESE = "aăâeêioôơuưyđ"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def letters() -> str:
    """Return the Vietnamese letters beyond ASCII, small and capital."""
    small = {unicodedata.normalize("NFC", c + tone) for c in VIETNAMESE if c != "đ" for tone in TONES}
    small |= {"đ"}
    return "".join(sorted({c for each in small for c in (each, each.upper()) if c > "\x7f"}))


@functools.cache
def font() -> bytes:
    """Return a TrueType font in which every letter is a box half as wide as it is high."""
    characters = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))]
    characters += [c for c in letters() + "–—‘’“”…•" if c not in characters]
    names = {ord(c): f"u{ord(c):04X}" for c in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (450, 700), (450, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    empty = TTGlyphPen(None).glyph()
    glyphs = {name: empty if code in (0x20, 0xA0) else box for code, name in names.items()}
    builder.setupGlyf({".notdef": box, **glyphs})
    builder.setupHorizontalMetrics({name: (500, 50) for name in builder.font.getGlyphOrder()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular", "psName": "Boxes-Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()
