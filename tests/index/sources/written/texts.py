"""Plain text and Markdown in many encodings."""

import codecs
import unicodedata

from index.sources.legacy.tables import TCVN3, VIQR_TONES, VNI
from tests.index.sources.written.cases import ARTICLE, DAY, ENGLISH, FRENCH, Read, Written

TEXT = "\n\n".join(ARTICLE) + "\n"
_BYTE_OF = {letter: bytes([byte]) for byte, letter in TCVN3.items() if len(letter) == 1}
# The shortest writing of each letter; of those as long, the one whose sign is as large as its letter.
_VNI_OF: dict[str, str] = {}
for _written, _letter in VNI.items():
    _best = _VNI_OF.setdefault(_letter, _written)
    if _letter.isupper() and _written.isupper():
        _VNI_OF[_letter] = _written


def tcvn3(text: str) -> bytes:
    """Write a text in TCVN3."""
    return b"".join(_BYTE_OF.get(c) or c.encode("latin-1") for c in text)


def vni(text: str) -> bytes:
    """Write a text in VNI."""
    return "".join(_VNI_OF.get(c, c) for c in text).encode("latin-1")


def viqr(text: str) -> bytes:
    r"""Write a text in VIQR, with `\` before every sign that is to stand for itself."""
    hats = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
    tones = {tone: sign for sign, tone in VIQR_TONES.items()}
    parts: list[str] = []
    for c in text:
        if c in "đĐ":
            parts.append("dd" if c == "đ" else "DD")
            continue
        letter, *marks = list(unicodedata.normalize("NFD", c))
        hat = "".join(hats[mark] for mark in marks if mark in hats)
        tone = "".join(tones[mark] for mark in marks if mark in tones)
        is_sign = letter in "'`?~.^(+\\" and bool(parts) and parts[-1][:1].isalpha()
        parts.append(("\\" if is_sign or letter == "\\" else "") + letter + hat + tone)
    return "".join(parts).encode("ascii")


def texts() -> list[Written]:
    """Return text files."""
    french = "\n\n".join(FRENCH)
    english = "\n\n".join(ENGLISH)
    heading = f"Bế mạc hội nghị\n\nThứ Sáu, 12/07/2024 10:43\n\n{TEXT}\nNguồn Báo Thử: https://thu.vn/be-mac"
    front = (
        "---\ntitle: Bế mạc\nauthor: Nguyễn An\nlanguage: vi\ndate: 12/7/2024\nurl: https://thu.vn/a\n---\n"
    )
    plain = {
        "utf8": TEXT.encode(),
        "utf8-bom": codecs.BOM_UTF8 + TEXT.encode(),
        "utf16le": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        "utf16be": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        "tcvn3": tcvn3(TEXT),
        "vni": vni(TEXT),
        "viqr": viqr(TEXT),
        "cp1258": _cp1258(TEXT),
        "tcvn3-trong-utf8": tcvn3(TEXT).decode("latin-1").encode(),
        "vni-trong-utf8": vni(TEXT).decode("latin-1").encode(),
    }
    return [
        *(Written(f"txt/{name}.txt", data, (Read(f"txt/{name}.txt", TEXT),)) for name, data in plain.items()),
        Written(
            "txt/crlf.txt",
            TEXT.replace("\n", "\r\n").encode(),
            (Read("txt/crlf.txt", TEXT.replace("\n", "\r\n")),),
        ),
        Written("txt/fr-1252.txt", french.encode("cp1252"), (Read("txt/fr-1252.txt", french),)),
        Written("txt/fr-utf8.txt", french.encode(), (Read("txt/fr-utf8.txt", french),)),
        Written("txt/en.txt", english.encode(), (Read("txt/en.txt", english),)),
        Written(
            "txt/tieu-de.txt",
            heading.encode(),
            (Read("txt/tieu-de.txt", heading, "Bế mạc hội nghị", "Báo Thử", "https://thu.vn/be-mac", DAY),),
        ),
        Written(
            "md/a.md", f"# Bế mạc\n\n{TEXT}".encode(), (Read("md/a.md", f"# Bế mạc\n\n{TEXT}", "Bế mạc"),)
        ),
        Written(
            "md/b.markdown",
            (front + TEXT).encode(),
            (
                Read(
                    "md/b.markdown",
                    front + TEXT,
                    "Bế mạc",
                    None,
                    "https://thu.vn/a",
                    DAY,
                    "Nguyễn An",
                    "vi",
                    body=len(front),
                ),
            ),
        ),
        Written(
            "md/tcvn3.md",
            tcvn3(f"# Bế mạc\n\n{TEXT}"),
            (Read("md/tcvn3.md", f"# Bế mạc\n\n{TEXT}", "Bế mạc"),),
        ),
    ]


def _cp1258(text: str) -> bytes:
    """Write a text as Windows does for Vietnam: base letters with their hats whole, tones apart."""
    parts: list[str] = []
    for c in text:
        try:
            c.encode("cp1258")
            parts.append(c)
        except UnicodeEncodeError:
            *rest, tone = list(unicodedata.normalize("NFD", c))
            tones = [mark for mark in (*rest[1:], tone) if mark in "\u0300\u0301\u0303\u0309\u0323"]
            base = unicodedata.normalize("NFC", "".join(m for m in (*rest, tone) if m not in tones))
            parts.append(base + "".join(tones))
    return "".join(parts).encode("cp1258")
